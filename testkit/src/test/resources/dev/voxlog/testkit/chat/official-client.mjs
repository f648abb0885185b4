// Asks the endpoint in argv[2] four times as an application would, and prints what the official client made of it.
import OpenAI from 'openai';

const client = new OpenAI({ apiKey: 'key', baseURL: process.argv[2], maxRetries: 0 });
const tools = [{
  type: 'function',
  function: { name: 'order_status', parameters: { type: 'object', properties: { orderId: { type: 'string' } } } },
}];
const ask = (content, options) => client.chat.completions.stream(
  { model: 'scripted', messages: [{ role: 'user', content }], tools, stream_options: { include_usage: true } },
  options,
);
const seen = {};

const spoken = ask('talk');
const deltas = [];
spoken.on('content', (delta) => deltas.push(delta));
seen.said = { deltas, completion: await spoken.finalChatCompletion() };

seen.called = (await ask('call').finalChatCompletion()).choices[0];

try {
  await ask('refuse').finalChatCompletion();
} catch (error) {
  seen.refused = { status: error.status, code: error.code, type: error.constructor.name };
}

const left = ask('stall');
left.on('content', () => left.abort());
try {
  await left.finalChatCompletion();
} catch (error) {
  seen.left = error.constructor.name;
}

console.log(JSON.stringify(seen));
