using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Data;
using Siamese.Grains.Members;
using Siamese.Grains.Threads;
using Siamese.Grains.Verdicts;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation;
using Siamese.Model.Evaluation.Intervals;
using Siamese.Model.Evaluation.OneShot;

namespace Siamese.Grains.Evaluations;

/// <summary>
/// Evaluates an ensemble: reads images, embeds each once with each member, and measures. Embeds on the verdict threads, where
/// a verdict with few images does not have to wait for it, and computes metrics on its own threads.
/// </summary>
internal sealed class Evaluator(DataLibrary library, MemberCache members, EmbeddingBatches batches, TimeProvider time)
{
    /// <summary>Number of images to embed between two checks for cancellation.</summary>
    private const int Slice = 512;

    /// <param name="ensemble">The version to evaluate.</param>
    /// <param name="request">The request, already checked.</param>
    /// <param name="report">Receives the progress.</param>
    /// <param name="cancellation">Ends the evaluation between two slices.</param>
    /// <exception cref="BadInputException">The data cannot be read, or lacks what the protocol needs.</exception>
    /// <exception cref="NoQuorumException">A member cannot be loaded.</exception>
    /// <exception cref="DataUnavailableException">The data was uploaded, and is not available on this silo.</exception>
    public async Task<Evaluation> Evaluate(
        Ensemble ensemble, EvaluationRequest request, Action<EvaluationProgress> report, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        // Refused before anything is embedded.
        if (request.References > 0)
            ReferenceLimits.CalibrationFor(request.References, ensemble);
        var loaded = await members.LoadAll(ensemble, "an evaluation");
        var source = request.Data ?? ensemble.Data;
        var (data, images, questions) = await OwnThread.Run(() => Ask(ensemble, request, Open(loaded[0].Encoder.Input, isKnown: request.Data is null)), cancellation);
        var usedBefore = await OwnThread.Run(() => UsedBefore(ensemble, data.Images, images), cancellation);
        var embeddings = await Embed(loaded, questions, shape => shape == data.Images.Shape ? data : Open(shape, isKnown: true), report, cancellation);
        var distances = await OwnThread.Run(() => loaded.Zip(embeddings, (member, its) => member.Distances(its, questions.Pairs)).ToArray(), cancellation);
        var best = ensemble.Members.MinBy(member => member.ValidationEer)!;
        var itsDistances = distances[ensemble.Members.IndexOf(best)];
        var combined = CombinedDistances.Of(ensemble, distances);
        var evaluation = new Evaluation
        {
            Ensemble = ensemble.Name,
            Version = ensemble.Version,
            Members = ensemble.Members.Length,
            BestMember = best.Trial,
            Request = request with { Version = ensemble.Version, Protocol = EvaluationQuestions.ProtocolOf(request, data) },
            Images = Describe(data, images) with { UsedBefore = usedBefore },
            Seconds = 0,
        };
        return await OwnThread.Run(
            () => (questions.References is { } trials ? evaluation with { References = References(ensemble, embeddings, combined, questions, trials) }
                : questions.Trials is null ? evaluation with { Pairs = Pairs(ensemble, combined, (itsDistances, best.Threshold), questions) }
                : evaluation with { OneShot = OneShot(combined, itsDistances, questions, questions.Trials) }) with
            {
                Seconds = time.GetElapsedTime(started).TotalSeconds,
            },
            cancellation);

        WholeData Open(InputShape shape, bool isKnown)
        {
            var opened = library.OpenWhole(source, shape, isKnown);
            if (opened.Kinds.HasFlag(shape.Kind))
                return opened;
            var (has, takes) = (opened.Kinds.Noun(), shape.Kind.Noun());
            throw new BadInputException(opened.Kinds is InputKinds.Vectors || shape.Kind is InputKinds.Vectors
                ? $"{opened.Name} has {has}, and members of ensemble {ensemble.Name} take {takes}. Name data with {takes} with 'data'."
                : shape.Kind is InputKinds.Images
                ? $"{opened.Name} has pen strokes, and members of ensemble {ensemble.Name} take images. Name data with images with 'data'."
                : $"{opened.Name} has images, and members of ensemble {ensemble.Name} take pen strokes. Name data with pen strokes with 'data', and add 'inputs' both if they lie beside images.");
        }
    }

    private static (WholeData Data, EvaluationImages Images, EvaluationQuestions Questions) Ask(Ensemble ensemble, EvaluationRequest request, WholeData data)
    {
        var images = EvaluationImages.Choose(data, ensemble.Members[0].Spec.DataFingerprint, request.SplitBy, request.Images);
        if (request.Data is null && !images.IsTrainedOn)
        {
            throw new BadInputException(
                $"{data.Name} has changed since ensemble {ensemble.Name} was trained on it, so its test images are no longer known. Name the data with 'data' to evaluate on it as it is now.");
        }

        return (data, images, EvaluationQuestions.Draw(request, data, images.Chosen));
    }

    /// <returns>For each member, its embeddings of the questions' images, (N, D), row by row.</returns>
    private async Task<float[][]> Embed(
        LoadedMember[] loaded, EvaluationQuestions questions, Func<InputShape, WholeData> read, Action<EvaluationProgress> report, CancellationToken cancellation)
    {
        var all = questions.Images.Length * loaded.Length;
        var done = 0;
        var embedded = new Dictionary<LoadedMember, float[]>();
        // One shape after the other, so that only the images of one are in memory.
        foreach (var ofShape in loaded.GroupBy(member => member.Encoder.Input))
        {
            var images = await OwnThread.Run(() => read(ofShape.Key).Images, cancellation);
            foreach (var member in ofShape)
            {
                var embeddings = new List<float>(questions.Images.Length * member.Encoder.EmbeddingSize);
                foreach (var slice in questions.Images.Chunk(Slice))
                {
                    report(new(done, all));
                    embeddings.AddRange(await batches.Embed(member.Encoder, [.. slice.Select(images.Memory)], cancellation));
                    done += slice.Length;
                }

                embedded.Add(member, [.. embeddings]);
            }
        }

        report(new(all, all));
        return [.. loaded.Select(member => embedded[member])];
    }

    private static EvaluatedImages Describe(WholeData data, EvaluationImages images)
    {
        var classes = images.Chosen.Select(image => data.Images.Labels[image]).Where(label => label >= 0).Distinct().ToArray();
        return new()
        {
            Data = data.Name,
            Choice = images.SplitBy is null ? ImageChoice.All : ImageChoice.Test,
            SplitBy = data.BringsTest && images.SplitBy is Contracts.Data.SplitBy.Image ? null : images.SplitBy,
            IsTrainedOn = images.IsTrainedOn,
            Count = images.Chosen.Length,
            Classes = classes.Length,
            Groups = data.GroupOfClass is { } groupOf ? classes.Select(label => groupOf[label]).Distinct().Count() : 0,
            Forged = data.Forged is { } forged ? images.Chosen.Count(image => forged[image]) : 0,
            UsedBefore = null,
            Remarks = [.. data.Remarks],
        };
    }

    /// <summary>Compares pixels, because the same images may also be in other data, or be listed in a CSV.</summary>
    private int? UsedBefore(Ensemble ensemble, ImageSet images, EvaluationImages chosen)
    {
        // Test images do not overlap with the others.
        if (chosen is { IsTrainedOn: true, SplitBy: not null })
            return 0;
        try
        {
            var data = library.Get(ensemble.Data, images.Shape, ensemble.Members[0].Spec.DataFingerprint);
            return SameImages.Count(images, chosen.Chosen, data.Training.Images, data.Validation.Images);
        }
        catch (Exception e) when (e is BadInputException or DataUnavailableException)
        {
            return null;
        }
    }

    private static PairEvaluation Pairs(Ensemble ensemble, float[] combined, (float[] Distances, double Threshold) best, EvaluationQuestions questions)
    {
        var (pairs, images) = (questions.Pairs, questions.Images.Length);
        var comparison = PairComparison.Of((combined, ensemble.Threshold), best, pairs, images);
        var calibration = new CalibrationError(Array.ConvertAll(combined, distance => EnsembleVerdict.Probability(ensemble, distance)), pairs);
        var around = calibration.Interval(images, draws: 1000);
        var same = pairs.Count(pair => pair.Relation is Contracts.Pairs.Relation.Same);
        return new()
        {
            Same = same,
            Different = pairs.Length - same,
            Images = images,
            Ensemble = comparison.Ensemble,
            BestMember = comparison.Member,
            Difference = comparison.Difference,
            CalibrationError = new Estimate(calibration.Error, around.Low, around.High),
            Curve = ErrorTradeoff.Of(combined, pairs),
            Bands = new RateBands(combined, pairs).At(RateBands.Rates(pairs), images),
            Reliability = calibration.Reliability(images),
        };
    }

    private static ReferenceEvaluation References(Ensemble ensemble, float[][] embeddings, float[] single, EvaluationQuestions questions, ReferenceTrial[] trials)
    {
        var calibration = ReferenceLimits.CalibrationFor(trials[0].References.Length, ensemble);
        var distance = new ReferenceDistance(ensemble, embeddings);
        var several = Array.ConvertAll(trials, trial => distance.Of(calibration.Rule, trial.Image, trial.References));
        var (pairs, images) = (questions.Pairs, questions.Images.Length);
        var comparison = PairComparison.Of((several, calibration.Threshold), (single, ensemble.Threshold), pairs, images);
        var error = new CalibrationError(Array.ConvertAll(several, one => EnsembleVerdict.Judge(calibration, one, VerdictTerms.Default).Probability), pairs);
        var around = error.Interval(images, draws: 1000);
        return new()
        {
            CalibratedFor = calibration.Count,
            Rule = calibration.Rule,
            Same = trials.Count(trial => trial.Relation is Contracts.Pairs.Relation.Same),
            Different = trials.Count(trial => trial.Relation is Contracts.Pairs.Relation.Different),
            Images = images,
            Several = comparison.Ensemble,
            One = comparison.Member,
            Difference = comparison.Difference,
            CalibrationError = new Estimate(error.Error, around.Low, around.High),
            Curve = ErrorTradeoff.Of(several, pairs),
        };
    }

    private static OneShotEvaluation OneShot(float[] combined, float[] best, EvaluationQuestions questions, OneShotDraw draw)
    {
        var (units, ways) = (questions.Units!, draw.Trials[0].Support.Length);
        return new()
        {
            Ensemble = OneShotAccuracy.Estimated(OneShotAccuracy.Right(combined, ways), units),
            BestMember = OneShotAccuracy.Estimated(OneShotAccuracy.Right(best, ways), units),
            Drawers = draw.Drawers,
            Groups = draw.Groups,
            GroupsLeftOut = draw.GroupsLeftOut,
            IsByGroups = questions.IsByGroups,
            Classes = units.Distinct().Count(),
        };
    }
}
