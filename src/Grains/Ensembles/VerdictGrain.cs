using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Grains.Telemetry;
using Siamese.Model.Data;
using Siamese.Model.Ensembles;

namespace Siamese.Grains.Ensembles;

/// <inheritdoc cref="IVerdictGrain"/>
/// <remarks>Reentrant: calls that come in while others are computed share their batches.</remarks>
[StatelessWorker, Reentrant]
internal sealed class VerdictGrain(Quorums quorums, ImageDecoding decoding, EmbeddingBatches batches, TimeProvider time) : Grain, IVerdictGrain
{
    public async Task<Verdict> Judge(ImageFile first, ImageFile second, CancellationToken cancellation)
    {
        var answers = await JudgeAll([first, second], [new PairOfImages(0, 1)], cancellation);
        return answers[0].Verdict ?? throw new BadInputException(answers[0].Problem!);
    }

    public async Task<ImmutableArray<PairVerdict>> JudgeAll(
        ImmutableArray<ImageFile> images, ImmutableArray<PairOfImages> pairs, CancellationToken cancellation)
    {
        using var activity = SiameseTelemetry.Source.StartActivity("verdict");
        var started = time.GetTimestamp();
        VerdictLimits.Check(images, pairs);
        var quorum = await quorums.Load(await Newest(cancellation), cancellation);
        var loaded = quorum.Members;
        var decoded = await Decode(images, loaded, cancellation);
        // Every image can be read in every shape or in none.
        var any = decoded.Values.First();
        var readable = Readable(pairs, any);
        var distances = await Task.WhenAll(loaded.Select(async member =>
            member.Distances(await batches.Embed(member.Encoder, decoded[member.Encoder.Input].Pixels, cancellation), readable)));

        var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
        SiameseTelemetry.VerdictMilliseconds.Record(milliseconds);
        var row = 0;
        return [.. pairs.Select(pair => (any.Problems[pair.First] ?? any.Problems[pair.Second]) is { } problem
            ? new PairVerdict(null, problem)
            : new PairVerdict(ToVerdict(quorum, distances, row++, milliseconds), null))];
    }

    private async Task<Ensemble> Newest(CancellationToken cancellation)
    {
        var name = this.GetPrimaryKeyString();
        var newest = await GrainFactory.GetGrain<IEnsembleGrain>(name).GetNewest(cancellation);
        return newest?.Ensemble ?? throw new BadInputException($"There is no ensemble '{name}'; `client ensembles` lists those there are.");
    }

    /// <summary>Once for each input shape, however many members take it in.</summary>
    private async Task<Dictionary<InputShape, DecodedImages>> Decode(
        ImmutableArray<ImageFile> images, ImmutableArray<LoadedMember> loaded, CancellationToken cancellation)
    {
        var decoded = new Dictionary<InputShape, DecodedImages>();
        foreach (var input in loaded.Select(member => member.Encoder.Input).Distinct())
            decoded.Add(input, await decoding.Decode(images, input, cancellation));
        return decoded;
    }

    /// <summary>The pairs of which both images could be read, as pairs of rows.</summary>
    private static ImagePair[] Readable(ImmutableArray<PairOfImages> pairs, DecodedImages decoded) =>
    [
        .. pairs.Select(pair => new ImagePair(decoded.Rows[pair.First], decoded.Rows[pair.Second], default))
            .Where(pair => pair is { First: >= 0, Second: >= 0 }),
    ];

    private static Verdict ToVerdict(Quorum quorum, float[][] distances, int row, double milliseconds)
    {
        var ensemble = quorum.Ensemble;
        var judgement = EnsembleVerdict.Judge(ensemble, Array.ConvertAll(distances, ofMember => ofMember[row]));
        return new Verdict
        {
            Relation = judgement.Relation,
            Distance = judgement.Distance,
            Threshold = ensemble.Threshold,
            Probability = judgement.Probability,
            Ensemble = ensemble.Name,
            Version = ensemble.Version,
            Members = judgement.Votes,
            Milliseconds = milliseconds,
            Absent = quorum.Absent,
        };
    }
}
