using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Grains.Telemetry;
using Siamese.Model.Data;
using Siamese.Model.Ensembles;

namespace Siamese.Grains.Ensembles;

/// <inheritdoc cref="IVerdictGrain"/>
[StatelessWorker]
internal sealed class VerdictGrain(MemberCache members, TimeProvider time) : Grain, IVerdictGrain
{
    private static readonly ImagePair[] _thePair = [new(0, 1, default)];

    public async Task<Verdict> Judge(ImageFile first, ImageFile second, CancellationToken cancellation)
    {
        using var activity = SiameseTelemetry.Source.StartActivity("verdict");
        var started = time.GetTimestamp();
        var name = this.GetPrimaryKeyString();
        var summary = await GrainFactory.GetGrain<IEnsembleGrain>(name).GetNewest(cancellation)
            ?? throw new BadInputException($"There is no ensemble '{name}'; `client ensembles` lists those there are.");
        var ensemble = summary.Ensemble;
        var distances = new float[ensemble.Members.Length];
        for (var i = 0; i < distances.Length; i++)
        {
            var member = ensemble.Members[i];
            var encoder = await members.Get(member.WeightsBlob, member.Spec.Hyperparameters);
            var images = Read([first, second], encoder.Input);
            distances[i] = new LoadedMember(member.WeightsBlob, member.Spec, encoder).Measure(images, _thePair)[0];
        }

        var judgement = EnsembleVerdict.Judge(ensemble, distances);
        var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
        SiameseTelemetry.VerdictMilliseconds.Record(milliseconds);
        return new Verdict
        {
            Relation = judgement.Relation,
            Distance = judgement.Distance,
            Threshold = ensemble.Threshold,
            Probability = judgement.Probability,
            Ensemble = name,
            Version = ensemble.Version,
            Members = judgement.Votes,
            Milliseconds = milliseconds,
        };
    }

    private static ImageSet Read(ImmutableArray<ImageFile> files, InputShape input)
    {
        foreach (var file in files)
        {
            if (file.Bytes.Length > ImageFile.MaximumBytes)
                throw new BadInputException($"{file.Name} is larger than {ImageFile.MaximumBytes / (1024 * 1024)} MB; send a smaller image.");
        }

        byte[] pixels = [.. files.SelectMany(file => ImageReader.Read(file.Bytes.AsSpan(), file.Name, input))];
        return new ImageSet(input, pixels, new int[files.Length]);
    }
}
