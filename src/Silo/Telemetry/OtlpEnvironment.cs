using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Siamese.Contracts;

namespace Siamese.Silo.Telemetry;

/// <summary>
/// The environment variables that OpenTelemetry defines. Its library ignores a value that it does not understand, or fails
/// with an exception of its own while the silo starts; so the values are checked here first.
/// </summary>
internal static partial class OtlpEnvironment
{
    private const string Prefix = "OTEL_";

    /// <summary>Headers may contain a password for the collector, which does not belong in a log.</summary>
    private const string Secret = "HEADERS";

    private static readonly string[] _signals = ["", "TRACES_", "METRICS_", "LOGS_"];

    private static readonly string[] _samplers =
        ["always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio"];

    private static readonly Dictionary<string, (Func<string, bool> IsValid, string Expected)> _rules = Rules();

    /// <summary>The variables of this process.</summary>
    /// <exception cref="BadInputException">Some have invalid values; the message lists them.</exception>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value ?? ""))
            // OpenTelemetry defines that an empty value counts as none.
            .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.Ordinal) && variable.Value.Length > 0)
            .ToDictionary(variable => variable.Name, variable => variable.Value);
        Check(variables);
        return variables;
    }

    /// <exception cref="BadInputException">Some have invalid values; the message lists them.</exception>
    public static void Check(IReadOnlyDictionary<string, string> variables)
    {
        var problems = new Problems();
        foreach (var (name, value) in variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (_rules.TryGetValue(name, out var rule) && !rule.IsValid(value))
                problems.Add($"{name} must be {rule.Expected}{(name.EndsWith(Secret, StringComparison.Ordinal) ? "" : $", not '{value}'")}.");
        }

        if (problems.Count == 0)
        {
            CheckBatch(variables, "OTEL_BSP_", problems);
            CheckBatch(variables, "OTEL_BLRP_", problems);
        }

        problems.ThrowIfAny("The environment");
    }

    private static void CheckBatch(IReadOnlyDictionary<string, string> variables, string prefix, Problems problems)
    {
        var (queue, batch) = (Of("MAX_QUEUE_SIZE", 2048), Of("MAX_EXPORT_BATCH_SIZE", 512));
        if (batch > queue)
            problems.Add(FormattableString.Invariant($"{prefix}MAX_EXPORT_BATCH_SIZE ({batch}) must not be larger than {prefix}MAX_QUEUE_SIZE ({queue})."));

        int Of(string name, int byDefault) =>
            variables.TryGetValue(prefix + name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : byDefault;
    }

    private static Dictionary<string, (Func<string, bool>, string)> Rules()
    {
        var rules = new Dictionary<string, (Func<string, bool>, string)>();
        foreach (var signal in _signals)
        {
            rules[$"OTEL_EXPORTER_OTLP_{signal}ENDPOINT"] = (IsEndpoint, "a URL such as http://localhost:4317");
            rules[$"OTEL_EXPORTER_OTLP_{signal}PROTOCOL"] = OneOf("grpc", "http/protobuf");
            rules[$"OTEL_EXPORTER_OTLP_{signal}COMPRESSION"] = OneOf("none", "gzip");
            rules[$"OTEL_EXPORTER_OTLP_{signal}TIMEOUT"] = (IsPositive, "a number of milliseconds above 0");
            rules[$"OTEL_EXPORTER_OTLP_{signal}{Secret}"] = (AreHeaders, "pairs such as 'key=value', separated by commas");
        }

        foreach (var file in new[] { "CERTIFICATE", "CLIENT_CERTIFICATE", "CLIENT_KEY" })
            rules[$"OTEL_EXPORTER_OTLP_{file}"] = (File.Exists, "the path of a file");
        foreach (var batch in new[] { "BSP", "BLRP" })
        {
            foreach (var number in new[] { "SCHEDULE_DELAY", "EXPORT_TIMEOUT", "MAX_QUEUE_SIZE", "MAX_EXPORT_BATCH_SIZE" })
                rules[$"OTEL_{batch}_{number}"] = (IsPositive, "a whole number above 0");
        }

        rules["OTEL_METRIC_EXPORT_INTERVAL"] = rules["OTEL_METRIC_EXPORT_TIMEOUT"] = (IsPositive, "a number of milliseconds above 0");
        rules["OTEL_RESOURCE_ATTRIBUTES"] = (ArePairs, "pairs such as 'key=value', separated by commas");
        rules["OTEL_TRACES_SAMPLER"] = OneOf(_samplers);
        rules["OTEL_TRACES_SAMPLER_ARG"] = (IsShare, "a number from 0 to 1");
        return rules;
    }

    private static (Func<string, bool>, string) OneOf(params string[] values) => (
        values.Contains, $"{string.Join(", ", values[..^1])} or {values[^1]}");

    private static bool IsEndpoint(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0;

    private static bool IsPositive(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;

    private static bool IsShare(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1;

    private static bool AreHeaders(string value) => ArePairs(value) && value.Split(',').All(pair => Header().IsMatch(Uri.UnescapeDataString(pair)));

    private static bool ArePairs(string value) => value.Split(',').All(pair => pair.IndexOf('=', StringComparison.Ordinal) > 0);

    /// <summary>A header of HTTP: a token, then printable characters.</summary>
    [GeneratedRegex(@"^\s*[\w!#$%&'*+.^`|~-]+\s*=[ -~]*\z", RegexOptions.ECMAScript)]
    private static partial Regex Header();
}
