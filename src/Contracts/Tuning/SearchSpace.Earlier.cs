using System.Collections.Immutable;

namespace Siamese.Contracts.Tuning;

/// <summary>What earlier builds stored instead of <see cref="Dimensions"/>, so that their sweeps can still be read.</summary>
public sealed partial record SearchSpace
{
#pragma warning disable IDE0044, CS0649 // The serializer sets them.
    [Id(0)] private ImmutableArray<string> _encoders = [];
    [Id(1)] private ImmutableArray<int> _embeddingSizes = [];
    [Id(2)] private ImmutableArray<string> _distances = [];
    [Id(3)] private ImmutableArray<string> _losses = [];
    [Id(4)] private ImmutableArray<double> _margins = [];
    [Id(5)] private ImmutableArray<Pairing> _pairings = [];
    [Id(6)] private ImmutableArray<int> _batchSizes = [];
    [Id(7)] private ImmutableArray<double> _balances = [];
    [Id(8)] private ImmutableArray<double> _learningRates = [];
    [Id(9)] private int? _epochs;
    [Id(10)] private int? _pairs;
    [Id(11)] private LearningRateSchedule? _schedule;
    [Id(12)] private bool? _augment;
#pragma warning restore IDE0044, CS0649

    private ImmutableArray<Dimension> Earlier() =>
    [
        .. Stated("encoder", _encoders, name => name),
        .. Stated("embedding-size", _embeddingSizes, size => size),
        .. Stated("distance", _distances, name => name),
        .. Stated("loss", _losses, name => name),
        .. Stated("pairing", _pairings, pairing => Words.Of(pairing)),
        .. Stated("margin", _margins, margin => margin),
        .. Stated("batch-size", _batchSizes, size => size),
        .. Stated("balance", _balances, balance => balance),
        .. Stated("learning-rate", _learningRates, rate => rate),
        .. Stated("epochs", One(_epochs), epochs => epochs),
        .. Stated("pairs", One(_pairs), pairs => pairs),
        .. Stated("schedule", One(_schedule), schedule => Words.Of(schedule)),
        .. Stated("augment", One(_augment), isOn => Words.Of(isOn ? Switch.On : Switch.Off)),
    ];

    private static IEnumerable<Dimension> Stated<T>(string hyperparameter, ImmutableArray<T> values, Func<T, HyperparameterValue> of) =>
        values.IsDefaultOrEmpty ? [] : [new Dimension { Hyperparameter = hyperparameter, Values = [.. values.Select(of)] }];

    private static ImmutableArray<T> One<T>(T? value) where T : struct => value is { } stated ? [stated] : [];
}
