package dev.voxlog.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/// Which room may know which: the rules of the design, held against every class.
@AnalyzeClasses(packages = "dev.voxlog", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] STAGES = {"ingress", "stt", "nlu", "llm", "tts", "egress"};

  private static ArchRule knowsOnly(String room, String... others) {
    String[] allowed =
        Stream.concat(
                Stream.of("dev.voxlog." + room + ".."),
                Stream.of(others).map(other -> "dev.voxlog." + other + ".."))
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.voxlog." + room + "..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.voxlog..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        JavaClass.Predicates.resideInAnyPackage(allowed))));
  }

  @ArchTest static final ArchRule schemasKnowNoOtherModule = knowsOnly("schemas");

  @ArchTest static final ArchRule audioKnowsNoOtherModule = knowsOnly("audio");

  @ArchTest static final ArchRule modelsKnowNoOtherModule = knowsOnly("models");

  @ArchTest static final ArchRule theAgentFileKnowsSchemasOnly = knowsOnly("agent", "schemas");

  @ArchTest
  static final ArchRule theTextKnowsSchemasAndAgentsOnly = knowsOnly("text", "schemas", "agent");

  @ArchTest
  static final ArchRule theRuntimeKnowsSchemasAndAgentsOnly =
      knowsOnly("runtime", "schemas", "agent");

  @ArchTest static final ArchRule theLocalBrokerKnowsSchemasOnly = knowsOnly("local", "schemas");

  @ArchTest static final ArchRule analyticsKnowSchemasOnly = knowsOnly("analytics", "schemas");

  @ArchTest
  static final ArchRule thePageStandsBesideTheStages =
      knowsOnly("web", "schemas", "runtime", "analytics");

  /// Reading is all it does: nothing of a call's path can be written from there.
  @ArchTest
  static final ArchRule thePageWritesNothing =
      noClasses()
          .that()
          .resideInAPackage("dev.voxlog.web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.clients.producer..");

  @ArchTest static final ArchRule theDemoIsAServiceOfItsOwn = knowsOnly("demo");

  @ArchTest
  static final ArchRule ingressStandsOnWhatStagesShare =
      knowsOnly("ingress", "schemas", "agent", "audio", "runtime");

  @ArchTest
  static final ArchRule sttStandsOnWhatStagesShare =
      knowsOnly("stt", "schemas", "agent", "text", "audio", "runtime", "models");

  @ArchTest
  static final ArchRule nluStandsOnWhatStagesShare =
      knowsOnly("nlu", "schemas", "agent", "text", "audio", "runtime", "models");

  @ArchTest
  static final ArchRule llmStandsOnWhatStagesShare =
      knowsOnly("llm", "schemas", "agent", "text", "audio", "runtime", "models");

  @ArchTest
  static final ArchRule ttsStandsOnWhatStagesShare =
      knowsOnly("tts", "schemas", "agent", "audio", "runtime", "models");

  @ArchTest
  static final ArchRule egressStandsOnWhatStagesShare =
      knowsOnly("egress", "schemas", "agent", "audio", "runtime");

  @ArchTest
  static final ArchRule noStageKnowsWhatTestsStandOn =
      noClasses()
          .that()
          .resideInAnyPackage(packagesOf(STAGES))
          .or()
          .resideInAPackage("dev.voxlog.web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.voxlog.testkit..", "dev.voxlog.testcluster..");

  /// Most that they read was written by others, whose names are not to be remembered.
  @ArchTest
  static final ArchRule jsonIsReadByParsersThatRememberNoNames =
      noClasses()
          .that()
          .resideInAnyPackage(packagesOf(STAGES))
          .or()
          .resideInAPackage("dev.voxlog.web..")
          .should()
          .callConstructor(ObjectMapper.class)
          .orShould()
          .callConstructor(JsonFactory.class)
          .orShould()
          .callMethod(JsonMapper.class, "builder");

  @ArchTest
  static final ArchRule onlyTheRuntimeMeetsConsumersOfAStagesGroup =
      noClasses()
          .that()
          .resideInAnyPackage(packagesOf("stt", "nlu", "llm", "tts", "egress"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.clients..");

  @ArchTest
  static final ArchRule theStagesAreFreeOfCycles =
      slices().matching("dev.voxlog.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith("org.jspecify.annotations.NullMarked");

  private static String[] packagesOf(String... rooms) {
    return Stream.of(rooms).map(room -> "dev.voxlog." + room + "..").toArray(String[]::new);
  }
}
