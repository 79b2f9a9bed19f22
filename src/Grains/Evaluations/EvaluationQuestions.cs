using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Evaluations;
using Siamese.Model.Data;
using Siamese.Model.Evaluation;

namespace Siamese.Grains.Evaluations;

/// <summary>What is to be measured: pairs of images, as a protocol draws them.</summary>
/// <param name="Images">The images that the pairs are of: indices into the data set, rising.</param>
/// <param name="Pairs">Pairs of those, by their place among <paramref name="Images"/>.</param>
/// <param name="Trials">The trials that the pairs make up; null where they are pairs.</param>
/// <param name="Units">Of each trial what is drawn again for its interval.</param>
/// <param name="IsByGroups">Whether these are groups; else classes.</param>
internal sealed record EvaluationQuestions(int[] Images, ImagePair[] Pairs, OneShotDraw? Trials = null, int[]? Units = null, bool IsByGroups = false)
{
    /// <summary>What is asked where the request leaves it to the data.</summary>
    public static EvaluationProtocol ProtocolOf(EvaluationRequest request, WholeData data) =>
        request.Protocol ?? (data.GivenPairs is null ? EvaluationProtocol.Pairs : EvaluationProtocol.Csv);

    /// <summary>Draws them. The same request on the same images draws the same.</summary>
    /// <exception cref="BadInputException">The data has not what the protocol takes.</exception>
    public static EvaluationQuestions Draw(EvaluationRequest request, WholeData data, int[] chosen)
    {
        var protocol = ProtocolOf(request, data);
        if (data.GivenPairs is null == protocol is EvaluationProtocol.Csv)
        {
            throw new BadInputException(data.GivenPairs is null
                ? $"{data.Name} is no CSV of pairs, which --protocol csv takes; give one as --pairs-file, or another protocol."
                : $"{data.Name} is a CSV of pairs and names no classes to draw from; use --protocol csv.");
        }

        return protocol switch
        {
            EvaluationProtocol.Csv => Listed(data, chosen),
            EvaluationProtocol.OneShot => OneShot(request, data, chosen),
            _ => Drawn(request, data, chosen),
        };
    }

    private static EvaluationQuestions Listed(WholeData data, int[] chosen)
    {
        var isChosen = chosen.ToHashSet();
        return Of(data, [.. data.GivenPairs!.Where(pair => isChosen.Contains(pair.First) && isChosen.Contains(pair.Second))]);
    }

    private static EvaluationQuestions Drawn(EvaluationRequest request, WholeData data, int[] chosen)
    {
        var withinGroups = request.Negatives is Negatives.SameGroup;
        if (withinGroups && data.GroupOfClass is null)
            throw new BadInputException($"{data.Name} has no groups; --negatives same-group needs folders two deep, as group/class/image.png.");
        var labels = Array.ConvertAll(chosen, image => data.Images.Labels[image]);
        var pairs = EvaluationPairs.Draw(labels, withinGroups ? data.GroupOfClass : null, request.Pairs, request.Seed);
        return Of(data, Array.ConvertAll(pairs, pair => pair with { First = chosen[pair.First], Second = chosen[pair.Second] }));
    }

    private static EvaluationQuestions OneShot(EvaluationRequest request, WholeData data, int[] chosen)
    {
        var images = new OneShotImages(
            Array.ConvertAll(chosen, image => data.Images.Labels[image]), data.GroupOfClass,
            data.Drawers is { } drawers ? Array.ConvertAll(chosen, image => drawers[image]) : null);
        var draw = OneShotDraw.Of(images, request.Ways, request.Trials, request.Seed);
        var pairs = OneShotAccuracy.Pairs(draw.Trials);
        var byGroups = draw.Groups >= OneShotAccuracy.FewestGroups;
        return Compact(Array.ConvertAll(pairs, pair => pair with { First = chosen[pair.First], Second = chosen[pair.Second] })) with
        {
            Trials = draw,
            Units = [.. draw.Trials.Select(trial => byGroups ? images.GroupOf(trial.Query) : images.Labels[trial.Query])],
            IsByGroups = byGroups,
        };
    }

    private static EvaluationQuestions Of(WholeData data, ImagePair[] pairs)
    {
        foreach (var kind in Enum.GetValues<Relation>())
        {
            if (!pairs.Any(pair => pair.Relation == kind))
                throw new BadInputException($"Among these images of {data.Name} there is no pair that is {kind.ToString().ToLowerInvariant()}. Evaluate with --images all, or give more.");
        }

        return Compact(pairs);
    }

    /// <summary>Only images that a pair is of are embedded.</summary>
    private static EvaluationQuestions Compact(ImagePair[] pairs)
    {
        int[] images = [.. pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct().Order()];
        var places = images.Index().ToDictionary(image => image.Item, image => image.Index);
        return new(images, Array.ConvertAll(pairs, pair => pair with { First = places[pair.First], Second = places[pair.Second] }));
    }
}
