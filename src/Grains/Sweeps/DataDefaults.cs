using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Proposers;
using Siamese.Model.Losses;

namespace Siamese.Grains.Sweeps;

/// <summary>Adapts what a request leaves open to its data. What the user stated stays as it is.</summary>
internal static class DataDefaults
{
    /// <summary>With fewer training images, an epoch passes over each of them many times, and a trial soon learns no more from them.</summary>
    public const int FewImages = 1000;

    private const string BatchSize = "batch-size", PairingName = "pairing", Loss = "loss", Patience = "patience", Epochs = "epochs";

    /// <summary>Epochs without a lower validation EER after which a longer trial on few images stops by default.</summary>
    private const int Patient = 20;

    /// <summary>Two images from each of two classes.</summary>
    private const int SmallestBatch = 4;

    private static readonly Hyperparameters _usual = new();

    /// <summary>The request with defaults that can be trained on the data. The same request if its own can.</summary>
    public static SweepRequest Fit(SweepRequest request, DataFacts data)
    {
        var space = request.Space;
        // Losses on batches need classes: the sweep is then rejected, and the reason is not the pairing.
        if (data.GivesPairs && !NeedsBatches(space))
        {
            space = Default(space, PairingName) is { } pairing ? With(space, pairing with { Values = [Words.Of(Pairing.Listed)], Range = null }) : space;
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

        if (data.IsSmall && Largest(space, Epochs) > _usual.Epochs && Default(space, Patience) is { } patience)
            space = With(space, patience with { Values = [Patient], Range = null });
        return ReferenceEquals(space, request.Space) ? request : request with { Space = space };
    }

    /// <summary>The points of a request whose data has not been read. A list may give pairs, which changes what applies.</summary>
    /// <exception cref="BadInputException">The request is not valid, whatever its data.</exception>
    public static Expansion ExpandUnread(SweepRequest request)
    {
        if (request.Data.ListFolder is null)
            return SpaceSearch.Expand(request);
        try
        {
            return SpaceSearch.Expand(request);
        }
        catch (BadInputException)
        {
            return SpaceSearch.Expand(Fit(request, new DataFacts("", GivesPairs: true, ShardImages: int.MaxValue)));
        }
    }

    /// <summary>What was adapted, in a sentence for the user; null if nothing was.</summary>
    public static string? Remark(SweepRequest request, DataFacts data)
    {
        var fitted = Fit(request, data);
        if (ReferenceEquals(fitted, request))
            return null;
        var changed = fitted.Space.Dimensions.Where(dimension => request.Space.Find(dimension.Hyperparameter) != dimension).Select(dimension =>
            $"'{dimension.Hyperparameter}' {(dimension.Range is { } range ? range.ToString() : string.Join(",", dimension.Values))}");
        return $"To suit {data.Name}{(data.HasForgeries ? ", which has forgeries" : data.GivesPairs ? ", which gives pairs" : FormattableString.Invariant($", which has {data.ShardImages} training images{(request.Shards > 1 ? " in a shard" : "")}"))}: {string.Join(", ", changed)}.";
    }

    private static bool NeedsBatches(SearchSpace space) =>
        space.Find(Loss) is { IsDefault: false, Values: { IsDefaultOrEmpty: false } losses } && losses.All(value => LossKind.Get(value.Word!).Form is LossForm.Batch);

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

    private static SearchSpace With(SearchSpace space, Dimension dimension) => space.With(new SearchSpace { Dimensions = [dimension] });
}
