using Siamese.Contracts;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.OneShot;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Grains.Evaluations;

/// <summary>The pairs of images to measure, as a protocol draws them.</summary>
/// <param name="Images">The images that occur in the pairs: indices into the data set, ascending.</param>
/// <param name="Pairs">The pairs, as indices into <paramref name="Images"/>.</param>
/// <param name="Trials">The one-shot trials that the pairs make up; null if the protocol measures pairs.</param>
/// <param name="Units">For each trial, the unit that is resampled for the interval.</param>
/// <param name="References">The trials with several references, as indices into <paramref name="Images"/>; null if the protocol has none.</param>
/// <param name="IsByGroups">Whether the units are groups; otherwise they are classes.</param>
internal sealed record EvaluationQuestions(int[] Images, ImagePair[] Pairs, OneShotDraw? Trials = null, int[]? Units = null, bool IsByGroups = false, ReferenceTrial[]? References = null)
{
    /// <summary>Number of trials of each kind, at most: each measures many distances.</summary>
    private const int MostTrials = 5_000;

    /// <summary>The protocol of the request or, if it names none, the default for the data.</summary>
    public static EvaluationProtocol ProtocolOf(EvaluationRequest request, WholeData data) =>
        request.Protocol ?? (data.GivenPairs is null ? EvaluationProtocol.Pairs : EvaluationProtocol.Csv);

    /// <summary>Draws the pairs. The same request on the same images draws the same pairs.</summary>
    /// <exception cref="BadInputException">The data lacks what the protocol needs.</exception>
    public static EvaluationQuestions Draw(EvaluationRequest request, WholeData data, int[] chosen)
    {
        var protocol = ProtocolOf(request, data);
        if (data.GivenPairs is null == protocol is EvaluationProtocol.Csv)
        {
            throw new BadInputException(data.GivenPairs is null
                ? $"{data.Name} is not a CSV of pairs, which 'protocol' csv needs; give one with 'pairs-file', or use another protocol."
                : $"{data.Name} is a CSV of pairs and names no classes to draw from; use 'protocol' csv.");
        }

        if (request.References > 0 && protocol is not EvaluationProtocol.Pairs)
            throw new BadInputException($"'references' needs classes, and {data.Name} is a list of pairs without classes. Leave it out, or name other data with 'data'.");

        return protocol switch
        {
            EvaluationProtocol.Csv => Listed(data, chosen),
            EvaluationProtocol.OneShot => OneShot(request, data, chosen),
            _ when request.References > 0 => AgainstReferences(request, data, chosen),
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
            throw new BadInputException($"{data.Name} has no groups; 'negatives' same-group needs folders two deep, as group/class/image.png.");
        var labels = Array.ConvertAll(chosen, image => data.Images.Labels[image]);
        if (withinGroups && data.Forged is not null)
            throw new BadInputException($"{data.Name} has forgeries, which are the pairs to tell apart; leave 'negatives' out.");
        var pairs = data.Forged is { } forged
            ? EvaluationPairs.DrawWithForgeries(labels, Array.ConvertAll(chosen, image => forged[image]), request.Pairs, request.Seed)
            : EvaluationPairs.Draw(labels, withinGroups ? data.GroupOfClass : null, request.Pairs, request.Seed);
        return Of(data, Array.ConvertAll(pairs, pair => pair with { First = chosen[pair.First], Second = chosen[pair.Second] }));
    }

    private static EvaluationQuestions AgainstReferences(EvaluationRequest request, WholeData data, int[] chosen)
    {
        int[] genuine = data.Forged is { } forged ? Array.FindAll(chosen, image => !forged[image]) : chosen;
        var byClass = chosen.ToLookup(image => data.Images.Labels[image]);
        int[][] classes = [.. genuine.GroupBy(image => data.Images.Labels[image]).Select(ofClass => ofClass.ToArray())];
        // The forgeries of a class or, without any, all images of other classes.
        var trials = new ReferenceTrials(classes, number => data.Images.Labels[classes[number][0]] is var label && data.Forged is { } isForged
            ? [.. byClass[label].Where(image => isForged[image])]
            : [.. chosen.Where(image => data.Images.Labels[image] != label)]).Draw(request.References, Math.Min(request.Pairs, MostTrials), request.Seed);
        if (trials.Length == 0)
            throw new BadInputException($"These images of {data.Name} have no two classes with {request.References + 1} images{(data.Forged is null ? "" : " and with forgeries")}, which {request.References} references need. Evaluate with 'images' all, or with fewer 'references'.");
        int[] images = [.. trials.SelectMany(trial => trial.References.Append(trial.Image)).Distinct().Order()];
        var places = images.Index().ToDictionary(image => image.Item, image => image.Index);
        ReferenceTrial[] placed = Array.ConvertAll(trials, trial => new ReferenceTrial(places[trial.Image], Array.ConvertAll(trial.References, image => places[image]), trial.Relation));
        return new(images, Array.ConvertAll(placed, trial => trial.Pair), References: placed);
    }

    private static EvaluationQuestions OneShot(EvaluationRequest request, WholeData data, int[] chosen)
    {
        if (data.Forged is { } forged)
            chosen = Array.FindAll(chosen, image => !forged[image]);
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
                throw new BadInputException($"These images of {data.Name} have no pair that is {kind.ToString().ToLowerInvariant()}. Evaluate with 'images' all, or give more images.");
        }

        return Compact(pairs);
    }

    /// <summary>Keeps only images that occur in a pair, so that no others are embedded.</summary>
    private static EvaluationQuestions Compact(ImagePair[] pairs)
    {
        int[] images = [.. pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct().Order()];
        var places = images.Index().ToDictionary(image => image.Item, image => image.Index);
        return new(images, Array.ConvertAll(pairs, pair => pair with { First = places[pair.First], Second = places[pair.Second] }));
    }
}
