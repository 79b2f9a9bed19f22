using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using Siamese.Contracts.Trials;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Tests.Silo;

namespace Siamese.Grains.Tests.Telemetry;

/// <summary>The number of series of our metrics depends on the code only, not on sweeps, trials, users or what clients send.</summary>
public sealed class SiameseMetricsTests
{
    private static readonly Dictionary<string, string[]> _labels = new()
    {
        ["siamese.status"] = Enum.GetNames<TrialStatus>(),
        ["siamese.peers"] = ["clients", "silos", "http"],
        ["siamese.problem"] = ["no-key", "not-allowed", "too-many-requests", "busy", "away", "no-quorum"],
        ["siamese.reason"] = ["crowded", "full", "handshake", "preamble"],
        ["siamese.method"] = [.. AccessTests.Methods.Select(method => $"{method.DeclaringType!.Name}.{method.Name}")],
    };

    private static IEnumerable<MethodInfo> Measurements =>
        typeof(SiameseMetrics).GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(method => !method.IsPrivate);

    [Fact]
    public void A_measurement_takes_numbers_values_of_enums_and_methods_but_no_text()
    {
        var others =
            from method in Measurements
            from parameter in method.GetParameters()
            let type = parameter.ParameterType
            where type != typeof(double) && type != typeof(MethodInfo) && !type.IsEnum
            select $"{method.Name}({type.Name} {parameter.Name})";

        Assert.NotEmpty(Measurements);
        Assert.Equal([], others);
    }

    [Fact]
    public void Every_label_has_one_of_its_known_values()
    {
        using var listener = new MeterListener();
        var seen = new ConcurrentBag<(string Metric, string Label, string Value)>();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter.Name == SiameseTelemetry.Name)
                it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();

        foreach (var measurement in Measurements)
        {
            foreach (var arguments in Combinations(measurement.GetParameters()))
                measurement.Invoke(null, arguments);
        }

        Assert.Equal([], seen.Where(label => !_labels.TryGetValue(label.Label, out var values) || !values.Contains(label.Value)));
        Assert.Equal(_labels.Keys.Order(), seen.Select(label => label.Label).Distinct().Order());

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var (label, value) in tags)
                seen.Add((instrument.Name, label, $"{value}"));
        }
    }

    /// <summary>Every combination of arguments that a method can have.</summary>
    private static IEnumerable<object[]> Combinations(ParameterInfo[] parameters) => parameters.Aggregate(
        (IEnumerable<object[]>)[[]],
        (all, parameter) => all.SelectMany(arguments => Values(parameter.ParameterType).Select(value => (object[])[.. arguments, value])));

    private static IEnumerable<object> Values(Type type) =>
        type.IsEnum ? Enum.GetValues(type).Cast<object>() : type == typeof(MethodInfo) ? AccessTests.Methods : [1.0];
}
