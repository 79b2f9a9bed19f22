using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Proposers;
using Siamese.Model.Losses;
using Siamese.Model.Networks;

namespace Siamese.Grains.Sweeps;

/// <summary>Adapts what a request leaves open to its data. What the user stated stays as it is.</summary>
internal static class DataDefaults
{
    /// <summary>With fewer training images, an epoch passes over each of them many times, and a trial soon learns no more from them.</summary>
    public const int FewImages = 1000;

    private const string BatchSize = "batch-size", PairingName = "pairing", Loss = "loss", Patience = "patience", Epochs = "epochs", Encoder = "encoder", InputSize = "input-size", FitName = "fit", StrokeOrder = "stroke-order", Augment = "augment", RotatedClasses = "rotated-classes", Pairs = "pairs", ForgedShare = "forged-share", PoolingName = "pooling", Elastic = "elastic", Context = "context", VectorWidth = "vector-width";

    /// <summary>The encoders of vectors by default: one may be right, and together they make a better ensemble.</summary>
    private static readonly HyperparameterValue[] Heads = [LinearEncoder.Kind.Name, MlpEncoder.Kind.Name];

    private static readonly string Strokes = StrokesEncoder.Kind.Name;

    /// <summary>Epochs without a lower validation EER after which a longer trial on few images stops by default.</summary>
    private const int Patient = 20;

    /// <summary>Images with a side that is longer than this many times the other one lose their strokes if they become squares.</summary>
    private const double Oblong = 1.5;

    /// <summary>Default for the shorter side of an oblong input.</summary>
    private const int ShorterSide = 32;

    /// <summary>An input is not longer than this many times its shorter side.</summary>
    private const double LongestInput = 4;

    /// <summary>Share of drawings whose strokes change their order by default.</summary>
    private const double ReorderedShare = 0.5;

    /// <summary>Default elastic distortion of pen strokes, as a share of the larger side.</summary>
    private const double ElasticShare = 0.05;

    /// <summary>Two images from each of two classes.</summary>
    private const int SmallestBatch = 4;

    private static readonly Hyperparameters _usual = new();

    /// <summary>The request with defaults that can be trained on the data. The same request if its own can.</summary>
    public static SweepRequest Fit(SweepRequest request, DataFacts data)
    {
        var space = request.Space;
        if (data.Kinds.HasFlag(InputKinds.Strokes) && Default(space, Encoder) is { } encoder)
            space = With(space, encoder with { Values = data.Kinds is InputKinds.Both ? [_usual.Encoder, Strokes] : [Strokes] });
        if (data.Kinds is InputKinds.Vectors || HasBackbone(space))
            space = FitVectors(space, data);
        // Losses on batches need classes: the sweep is then rejected, and the reason is not the pairing.
        if (data.GivesPairs && !NeedsBatches(space) && (!DealsForgeries(data) || StatesList(space)))
        {
            space = WithDefault(space, PairingName, Words.Of(Pairing.Listed));
            space = space.Find(Loss) is { IsDefault: true, Values: var losses } loss
                ? With(space, loss with { Values = [.. losses.Where(value => LossKind.Get(value.Word!).Form is LossForm.Pairs)] })
                : space;
        }
        else if (data.ShardImages < Largest(space, BatchSize) && space.Find(PairingName) is null)
        {
            // Several batches in an epoch, each with images of many classes.
            var largest = Math.Max(SmallestBatch, data.ShardImages / 2 / 2 * 2);
            space = Default(space, BatchSize) is not { } batch ? space : With(space, batch.Range is { } range && range.Low < largest
                ? batch with { Range = range with { High = Math.Min(range.High, largest) } }
                : batch with { Values = [largest], Range = null });
        }

        if (data.Kinds.HasFlag(InputKinds.Strokes))
            space = FitStrokes(space, data);
        if (data.IsSmall && Largest(space, Epochs) > _usual.Epochs)
            space = WithDefault(space, Patience, Patient);
        if (InputFor(data) is { } input && TakesAnyInput(space) && space.Find(RotatedClasses) is null && Default(space, InputSize) is { } size)
        {
            space = With(space, size with { Values = [input.Value], Range = null });
            space = WithDefault(space, FitName, Words.Of(Contracts.Tuning.Fit.Pad));
        }

        return ReferenceEquals(space, request.Space) ? request : request with { Space = space };
    }

    private static SearchSpace FitVectors(SearchSpace space, DataFacts data)
    {
        if (Default(space, Encoder) is { } encoder)
            space = With(space, encoder with { Values = [.. Heads] });
        return data.Features is { } features && TakesVectors(space) ? WithDefault(space, VectorWidth, features) : space;
    }

    /// <summary>Whether images become vectors.</summary>
    private static bool HasBackbone(SearchSpace space) => space.ValuesOf(BackboneName.Hyperparameter).Any(value => value.Word != BackboneName.None);

    private static SearchSpace FitStrokes(SearchSpace space, DataFacts data)
    {
        var changes = data.ReordersStrokes && ChangesStrokes(space);
        if (changes)
            space = WithDefault(space, StrokeOrder, ReorderedShare);
        if (data.DefaultsVersion < 1 || !space.ValuesOf(Encoder).Contains(Strokes))
            return space;
        space = WithDefault(space, Context, Words.Of(Switch.On));
        space = WithDefault(space, PoolingName, Words.Of(Pooling.Every));
        return changes && space.Find(Elastic) is null
            ? With(space, new Dimension { Hyperparameter = Elastic, Values = [ElasticShare], When = [new Condition { Hyperparameter = Encoder, Values = [Strokes] }], IsDefault = true })
            : space;
    }

    /// <summary>The points of a request whose data has not been read. A list may give pairs, and a folder may have forgeries; either changes which options apply.</summary>
    /// <exception cref="BadInputException">The request is not valid, whatever its data.</exception>
    public static Expansion ExpandUnread(SweepRequest request)
    {
        try
        {
            return SpaceSearch.Expand(request);
        }
        catch (BadInputException problem)
        {
            // What the data turns out to be decides which options apply: any of these may.
            foreach (var kinds in CanBeOtherThanImages(request) ? request.Data.Inputs is { } stated ? [stated] : new[] { InputKinds.Images, InputKinds.Strokes, InputKinds.Vectors } : [InputKinds.Images])
            {
                foreach (var givesPairs in request.Data == DataSource.MnistMini ? new[] { false } : [false, true])
                {
                    if (TryExpand(Fit(request, new DataFacts("", givesPairs, ShardImages: int.MaxValue, Kinds: kinds))) is { } expansion)
                        return expansion;
                }
            }

            throw new BadInputException(problem.Message, problem);
        }
    }

    private static Expansion? TryExpand(SweepRequest request)
    {
        try
        {
            return SpaceSearch.Expand(request);
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    /// <summary>Whether the data may turn out to be pen strokes or vectors, which have encoders of their own.</summary>
    private static bool CanBeOtherThanImages(SweepRequest request) =>
        request.Data.Inputs is not InputKinds.Images && request.Data != DataSource.MnistMini && request.Space.Find(Encoder) is null or { IsDefault: true };

    /// <summary>What was adapted, in a sentence for the user; null if nothing was.</summary>
    public static string? Remark(SweepRequest request, DataFacts data)
    {
        var fitted = Fit(request, data);
        if (ReferenceEquals(fitted, request))
            return null;
        Dimension[] changed = [.. fitted.Space.Dimensions.Where(dimension => request.Space.Find(dimension.Hyperparameter) != dimension)];
        var because = changed.All(dimension => IsOfKind(dimension) || IsOfInput(dimension)) ? ""
            : data.GivesPairs && changed.Any(dimension => dimension.Hyperparameter is PairingName or Loss) ? data.HasForgeries ? ", which has forgeries" : ", which gives pairs"
            : FormattableString.Invariant($", which has {data.ShardImages} training images{(request.Shards > 1 ? " in a shard" : "")}");
        if (changed.Any(IsOfKind) && HasBackbone(request.Space))
            because = $", of whose images a backbone computes features{because.Replace(", which", " and which", StringComparison.Ordinal)}";
        else if (changed.Any(IsOfKind))
            because = $", which has {data.Kinds switch { InputKinds.Both => "images and pen strokes", InputKinds.Vectors => "vectors", _ => "pen strokes" }}{because.Replace(", which has", " and", StringComparison.Ordinal).Replace(", which", " and", StringComparison.Ordinal)}";
        var sizes = changed.Any(IsOfInput) ? FormattableString.Invariant($"{(because.Length > 0 ? " and" : ",")} whose images typically have {data.TypicalSize!.Value.Rows} rows and {data.TypicalSize.Value.Columns} columns") : "";
        return $"To suit {data.Name}{because}{sizes}: {string.Join(", ", changed.Select(InWords))}.";
    }

    private static string InWords(Dimension dimension) =>
        $"'{dimension.Hyperparameter}' {(dimension.Range is { } range ? range.ToString() : string.Join(",", dimension.Values))}{string.Concat(dimension.When.Select(condition => $" with '{condition.Hyperparameter}' {string.Join(",", condition.Values)}"))}";

    private static bool IsOfKind(Dimension dimension) => dimension.Hyperparameter is Encoder or Context or PoolingName or StrokeOrder or Elastic or VectorWidth;

    private static bool IsOfInput(Dimension dimension) => dimension.Hyperparameter is InputSize or FitName;

    /// <summary>An input with about the proportions of oblong images; null for others.</summary>
    private static ImageSize? InputFor(DataFacts data)
    {
        if (data.TypicalSize is not { } size)
            return null;
        var ratio = (double)Math.Max(size.Rows, size.Columns) / Math.Min(size.Rows, size.Columns);
        if (ratio <= Oblong)
            return null;
        var longer = 8 * (int)Math.Round(ShorterSide * Math.Min(ratio, LongestInput) / 8);
        return size.Rows > size.Columns ? new(longer, ShorterSide) : new(ShorterSide, longer);
    }

    private static bool TakesAnyInput(SearchSpace space) => space.Find(Encoder) is { Values: { IsDefaultOrEmpty: false } encoders }
        ? encoders.Any(encoder => Encoders.Get(encoder.Word!).DefaultInputSize is not null)
        : Encoders.Get(_usual.Encoder).DefaultInputSize is not null;

    private static bool TakesVectors(SearchSpace space) => space.ValuesOf(Encoder).Any(encoder => Encoders.Get(encoder.Word!).Takes is InputKinds.Vectors);

    private static bool DealsForgeries(DataFacts data) => data.HasForgeries && data.DefaultsVersion >= 1;

    private static bool ChangesStrokes(SearchSpace space) =>
        space.ValuesOf(Encoder).Any(encoder => Encoders.Get(encoder.Word!).Takes is InputKinds.Strokes)
        && (space.ValuesOf(Augment) is not { IsEmpty: false } augment || augment.Any(value => value.Word != Words.Of(Augmentation.Off)));

    private static bool NeedsBatches(SearchSpace space) =>
        space.Find(Loss) is { IsDefault: false, Values: { IsDefaultOrEmpty: false } losses } && losses.All(value => LossKind.Get(value.Word!).Form is LossForm.Batch);

    private static bool StatesList(SearchSpace space) =>
        space.Find(Pairs) is { IsDefault: false } || space.Find(ForgedShare) is { IsDefault: false }
        || (space.Find(PairingName) is { IsDefault: false, Values: { IsDefaultOrEmpty: false } pairings } && pairings.All(pairing => pairing.Word == Words.Of(Pairing.Listed)));

    private static double Largest(SearchSpace space, string hyperparameter) => space.Find(hyperparameter) switch
    {
        null => Hyperparameter.Named(hyperparameter).Get(_usual)!.Value.Number,
        { Range: { } range } => range.High,
        { Values: var values } => values.Max(value => value.Number),
    };

    /// <summary>The dimension of a hyperparameter that nobody stated; null if somebody did.</summary>
    private static Dimension? Default(SearchSpace space, string hyperparameter) => space.Find(hyperparameter) switch
    {
        null => new Dimension { Hyperparameter = hyperparameter, IsDefault = true },
        { IsDefault: true } dimension => dimension,
        _ => null,
    };

    /// <summary>The space with one value of a hyperparameter that nobody stated; the same space if somebody did.</summary>
    private static SearchSpace WithDefault(SearchSpace space, string hyperparameter, HyperparameterValue value) =>
        Default(space, hyperparameter) is { } dimension ? With(space, dimension with { Values = [value], Range = null }) : space;

    private static SearchSpace With(SearchSpace space, Dimension dimension) => space.With(new SearchSpace { Dimensions = [dimension] });
}
