using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.References;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Recalibrating;
using Siamese.Grains.Telemetry;
using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;

namespace Siamese.Grains.Verdicts;

/// <inheritdoc cref="IVerdictGrain"/>
/// <remarks>Reentrant: calls that come in while others are computed share their batches.</remarks>
[StatelessWorker, Reentrant]
internal sealed class VerdictGrain(Quorums quorums, OperatingPointCache points, NoveltyCheck novelty, ImageDecoding decoding, EmbeddingBatches batches, FileBudget budget, VerdictMarks marks, VerdictTally tally, TimeProvider time) : Grain, IVerdictGrain
{
    public async Task<Verdict> Judge(ImageFile first, ImageFile second, VerdictTerms terms, CancellationToken cancellation)
    {
        var answers = await JudgeAll([first, second], [new PairOfImages(0, 1)], terms, cancellation);
        return answers[0].Verdict ?? throw new BadInputException(answers[0].Problem!);
    }

    public async Task<ImmutableArray<PairVerdict>> JudgeAll(
        ImmutableArray<ImageFile> images, ImmutableArray<PairOfImages> pairs, VerdictTerms terms, CancellationToken cancellation)
    {
        using var activity = SiameseTelemetry.Source.StartActivity("verdict");
        var started = time.GetTimestamp();
        VerdictLimits.Check(images, pairs);
        terms.Check();
        tally.Asked(pairs.Length);
        using var held = budget.Hold(images);
        var ensemble = await EnsembleVersions.Find(GrainFactory, this.GetPrimaryKeyString(), terms.Version, cancellation);
        var point = await points.Get(ensemble, terms);
        ensemble = point is null ? ensemble : ensemble with { Threshold = point.Threshold };
        if (EnsembleParts.InputsOf(ensemble) is not InputKinds.Both)
            return [.. await JudgeBy(await quorums.Load(ensemble, cancellation), images, pairs, terms, point, started, cancellation)];
        var answers = new PairVerdict[pairs.Length];
        InputKinds[] kinds = [.. images.Select(ImageDecoding.KindsOf)];
        foreach (var alike in Enumerable.Range(0, pairs.Length).GroupBy(i => kinds[pairs[i].First] & kinds[pairs[i].Second]))
        {
            int[] indices = [.. alike];
            var (used, among) = MixedPairs.Among(indices.Select(i => pairs[i]));
            var judged = MixedPairs.ProblemOf(alike.Key, terms) is { } problem
                ? Array.ConvertAll(indices, _ => new PairVerdict(null, problem))
                : await JudgeBy(await quorums.Load(ensemble, alike.Key, cancellation), [.. used.Select(image => images[image])], among, terms, point, started, cancellation);
            foreach (var (i, answer) in indices.Zip(judged))
                answers[i] = answer;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(answers);
    }

    /// <summary>Judges pairs by all members of a quorum.</summary>
    /// <returns>An answer for each pair, in their order.</returns>
    private async Task<PairVerdict[]> JudgeBy(
        Quorum quorum, ImmutableArray<ImageFile> images, ImmutableArray<PairOfImages> pairs, VerdictTerms terms, OperatingPoint? point, long started, CancellationToken cancellation)
    {
        var loaded = quorum.Members;
        var shapes = loaded.Select(member => member.Encoder.Input);
        var looks = Appearances.InputOf(EnsembleParts.InputsOf(quorum.Ensemble));
        var decoded = await decoding.Decode(images, terms.Novelty is null ? shapes : shapes.Append(looks), cancellation);
        // Every shape has the same images.
        var any = decoded.Values.First();
        var readable = Readable(pairs, any);
        var embeddings = await Task.WhenAll(loaded.Select(member => batches.Embed(member.Encoder, decoded[member.Encoder.Input].Pixels, cancellation)));
        float[][] distances = [.. loaded.Zip(embeddings, (member, its) => member.Distances(its, readable))];
        var farther = terms.Novelty is null ? null : await novelty.Farther(quorum, embeddings, Array.ConvertAll(decoded[looks].Pixels, item => Appearances.Look(item, looks)), cancellation);

        var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
        SiameseMetrics.VerdictGiven(milliseconds);
        var digests = quorum.Absent.IsEmpty ? images.Select(image => SHA256.HashData(image.Bytes.AsSpan())).ToArray() : null;
        var row = 0;
        return [.. pairs.Select(pair =>
        {
            if ((any.Problems[pair.First] ?? any.Problems[pair.Second]) is { } problem)
                return new PairVerdict(null, problem);
            var verdict = ToVerdict(quorum, distances, row, Familiarity(readable[row]), terms, milliseconds) with { OperatingPoint = point };
            row++;
            tally.Given(1);
            return new PairVerdict(digests is null ? verdict : verdict with { Id = IdOf(verdict, digests[pair.First], digests[pair.Second]) }, null);
        })];

        Familiarity? Familiarity(ImagePair pair) => farther is null ? null : new(farther[pair.First], farther[pair.Second]);
    }

    public async Task<Verdict> JudgeAgainst(ImageFile image, ImmutableArray<ImageFile> references, VerdictTerms terms, CancellationToken cancellation)
    {
        using var activity = SiameseTelemetry.Source.StartActivity("verdict.references");
        var started = time.GetTimestamp();
        ReferenceLimits.Check(references, terms);
        ImmutableArray<ImageFile> files = [image, .. references];
        VerdictLimits.Check(files, []);
        terms.Check();
        if (references.Length == 1)
        {
            var verdict = await Judge(image, references[0], terms, cancellation);
            return verdict with { References = new ReferenceUse(1, 1, ReferenceRule.Nearest, [verdict.Distance]) };
        }

        tally.Asked(1);
        using var held = budget.Hold(files);
        var ensemble = await EnsembleVersions.Find(GrainFactory, this.GetPrimaryKeyString(), terms.Version, cancellation);
        if (EnsembleParts.InputsOf(ensemble) is InputKinds.Both && files.Any(file => ImageDecoding.KindsOf(file) is not InputKinds.Both))
            throw new BadInputException($"Ensemble {ensemble.Name} takes images and pen strokes, and several references are compared by all its members: every image needs a file of pen strokes with its name beside it. Add these files, or give one reference.");
        var calibration = ReferenceLimits.CalibrationFor(references.Length, ensemble);
        var quorum = await quorums.Load(ensemble, cancellation);
        var decoded = await decoding.Decode(files, quorum.Members.Select(member => member.Encoder.Input), cancellation);
        if (decoded.Values.SelectMany(ofShape => ofShape.Problems).FirstOrDefault(problem => problem is not null) is { } problem)
            throw new BadInputException(problem);
        var embeddings = await Task.WhenAll(quorum.Members.Select(member => batches.Embed(member.Encoder, decoded[member.Encoder.Input].Pixels, cancellation)));
        var distance = new ReferenceDistance(quorum.Ensemble, embeddings);
        int[] rows = [.. Enumerable.Range(1, references.Length)];
        var measured = distance.Of(calibration.Rule, image: 0, rows);
        var judgement = EnsembleVerdict.Judge(calibration, measured, terms);
        tally.Given(1);
        return ToVerdict(quorum, judgement, calibration.Threshold, terms, time.GetElapsedTime(started).TotalMilliseconds) with
        {
            References = new ReferenceUse(references.Length, calibration.Count, calibration.Rule, [.. rows.Select(row => (double)distance.Between(0, row))]),
        };
    }

    public async Task<EmbeddedImages> Embed(ImmutableArray<ImageFile> images, int? version, CancellationToken cancellation)
    {
        VerdictLimits.Check(images, []);
        using var held = budget.Hold(images);
        var ensemble = await EnsembleVersions.Find(GrainFactory, this.GetPrimaryKeyString(), version, cancellation);
        if (ensemble.Members.FirstOrDefault(member => member.Spec.Hyperparameters.Network is NetworkKind.PseudoSiamese) is { } sided)
            throw new BadInputException($"Ensemble {ensemble.Name} cannot embed single images: its member {sided.Trial[..8]} is pseudo-Siamese, which embeds the first and the second image of a pair differently.");
        var quorum = await quorums.Load(ensemble, cancellation);
        if (quorum.Absent is [var absent, ..])
            throw new NoQuorumException($"Ensemble {ensemble.Name} cannot embed images now: its member {absent.Trial[..8]} cannot be loaded ({absent.Reason}). Check the store and try again.");
        var decoded = await decoding.Decode(images, quorum.Members.Select(member => member.Encoder.Input), cancellation);
        var members = await Task.WhenAll(quorum.Members.Zip(ensemble.Members, async (loaded, member) => new MemberEmbeddings(
            member.Trial,
            member.Spec.Hyperparameters.Distance,
            member.Threshold * ensemble.Threshold,
            member.Weight,
            loaded.Encoder.EmbeddingSize,
            ImmutableCollectionsMarshal.AsImmutableArray(await batches.Embed(loaded.Encoder, decoded[loaded.Encoder.Input].Pixels, cancellation)))));
        // Every shape has the same images.
        return new EmbeddedImages(ensemble.Version, [.. members], [.. decoded.Values.First().Problems]);
    }

    /// <summary>The pairs whose images could both be read, as pairs of rows.</summary>
    private static ImagePair[] Readable(ImmutableArray<PairOfImages> pairs, DecodedImages decoded) =>
    [
        .. pairs.Select(pair => new ImagePair(decoded.Rows[pair.First], decoded.Rows[pair.Second], default))
            .Where(pair => pair is { First: >= 0, Second: >= 0 }),
    ];

    private string IdOf(Verdict verdict, byte[] first, byte[] second) =>
        marks.Write(new VerdictId(verdict.Ensemble, verdict.Version, (float)verdict.Distance, VerdictId.PairOf(first, second)));

    private static Verdict ToVerdict(Quorum quorum, float[][] distances, int row, Familiarity? familiarity, VerdictTerms terms, double milliseconds)
    {
        var judgement = EnsembleVerdict.Judge(quorum.Ensemble, Array.ConvertAll(distances, ofMember => ofMember[row]), terms, familiarity);
        return ToVerdict(quorum, judgement, quorum.Ensemble.Threshold, terms, milliseconds) with { Familiarity = familiarity };
    }

    private static Verdict ToVerdict(Quorum quorum, Judgement judgement, double threshold, VerdictTerms terms, double milliseconds) => new()
    {
        Answer = judgement.Answer,
        Doubts = judgement.Doubts,
        Relation = judgement.Relation,
        Distance = judgement.Distance,
        Threshold = threshold,
        Probability = judgement.Probability,
        Prior = terms.Prior,
        Disagreement = judgement.Disagreement,
        Ensemble = quorum.Ensemble.Name,
        Version = quorum.Ensemble.Version,
        Members = judgement.Votes,
        Milliseconds = milliseconds,
        Absent = quorum.Absent,
    };
}
