// Reads records as Confluent's own client does. Standard input: one JSON object a line, with `topic` and `value` (base64
// of the raw record). Standard output: `topic` and the decoded `record` as one line of JSON, bytes as base64.
// Argument: the registry's URL.
const readline = require('node:readline');
const { AvroDeserializer, SchemaRegistryClient, SerdeType } = require('@confluentinc/schemaregistry');

// A request that is not answered is asked again, by the client's own rules, which without a time-out wait for ever.
const registry = new SchemaRegistryClient({ baseURLs: [process.argv[2]], createAxiosDefaults: { timeout: 10_000 } });
const deserializer = new AvroDeserializer(registry, SerdeType.VALUE, {});

const plain = (_, value) =>
  value && value.type === 'Buffer' && Array.isArray(value.data) ? Buffer.from(value.data).toString('base64') : value;

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { topic, value } = JSON.parse(line);
    const record = await deserializer.deserialize(topic, Buffer.from(value, 'base64'));
    console.log(JSON.stringify({ topic, record }, plain));
  }
}

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
