using System.Text.RegularExpressions;

namespace Siamese.Architecture.Tests;

/// <summary>The labels of metrics are checked in the one class that has them, so no other class may measure.</summary>
public sealed partial class MetricTests
{
    private const string TheMetrics = "src/Grains/Telemetry/SiameseMetrics.cs";

    [Fact]
    public void Only_one_class_has_metrics()
    {
        var measuring = Sources.All.Where(file => Sources.Lines(file).Any(line => Metric().IsMatch(line)));

        Assert.Equal([TheMetrics], measuring);
    }

    [GeneratedRegex(@"\b(Meter|Counter|Histogram|Gauge|UpDownCounter)(<\w+>)?\(|System\.Diagnostics\.Metrics")]
    private static partial Regex Metric();
}
