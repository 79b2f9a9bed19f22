using Siamese.Contracts;
using Siamese.Silo.Telemetry;

namespace Siamese.Grains.Tests.Silo;

public sealed class OtlpEnvironmentTests
{
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "ftp://collector")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "GRPC")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION", "zip")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10s")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "0")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/no/such/file.pem")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "staging")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "-1")]
    [InlineData("OTEL_BLRP_MAX_QUEUE_SIZE", "many")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "1.5")]
    [InlineData("OTEL_TRACES_SAMPLER", "sometimes")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "2")]
    public void An_invalid_value_is_refused_by_name(string name, string value)
    {
        var refusal = Assert.Throws<BadInputException>(() => Check((name, value)));

        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("s3cret"), InlineData("key=a,s3cret"), InlineData("bad key=s3cret"), InlineData("key=s3cret%0A")]
    public void A_password_in_headers_that_are_refused_is_not_shown(string value)
    {
        var refusal = Assert.Throws<BadInputException>(() => Check(("OTEL_EXPORTER_OTLP_HEADERS", value)));

        Assert.Contains("OTEL_EXPORTER_OTLP_HEADERS", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_invalid_values_are_all_named()
    {
        var refusal = Assert.Throws<BadInputException>(() => Check(("OTEL_TRACES_SAMPLER", "x"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "y")));

        Assert.Contains("2 problems", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("OTEL_BSP_"), InlineData("OTEL_BLRP_")]
    public void A_batch_must_fit_into_its_queue(string prefix)
    {
        Assert.Throws<BadInputException>(() => Check(($"{prefix}MAX_QUEUE_SIZE", "100")));
        Assert.Throws<BadInputException>(() => Check(($"{prefix}MAX_EXPORT_BATCH_SIZE", "3000")));
        Check(($"{prefix}MAX_QUEUE_SIZE", "100"), ($"{prefix}MAX_EXPORT_BATCH_SIZE", "100"));
    }

    [Fact]
    public void Valid_values_and_variables_that_others_define_are_accepted() => Check(
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example:4318/otlp"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic%20dXNlcjpwYXNz, x-tenant=a=b"),
        ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=test,host.name=one"),
        ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
        ("OTEL_TRACES_SAMPLER_ARG", "0.25"),
        ("OTEL_SERVICE_NAME", "anything at all"),
        ("OTEL_SOMETHING_NEW", "?"));

    private static void Check(params (string Name, string Value)[] variables) =>
        OtlpEnvironment.Check(variables.ToDictionary(variable => variable.Name, variable => variable.Value));
}
