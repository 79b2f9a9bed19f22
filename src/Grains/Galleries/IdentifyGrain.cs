using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Verdicts;
using Siamese.Model.Ensembles;
using Siamese.Model.Galleries;
using Siamese.Model.Networks;

namespace Siamese.Grains.Galleries;

/// <inheritdoc cref="IIdentifyGrain"/>
[StatelessWorker, Reentrant]
internal sealed class IdentifyGrain(
    Quorums quorums, GalleryIndexes indexes, ImageDecoding decoding, EmbeddingBatches batches, VerdictThreads threads, FileBudget budget, IBlobStore blobs, TimeProvider time)
    : Grain, IIdentifyGrain
{
    /// <summary>Shorter than a client waits for the answer to its first try.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(4);

    private string Name => this.GetPrimaryKeyString();

    public async Task<Enrolment> Enroll(ImmutableArray<NamedImage> images, bool wholly, CancellationToken cancellation)
    {
        EnrolmentCheck.Check(images);
        using var held = budget.Hold(images.Select(image => image.File));
        var ensemble = await EnsembleVersions.Find(GrainFactory, Name, null, cancellation);
        // Strokes are kept even if no member takes them: the next version may have one that does.
        images = [.. images.Select(image => image with { File = ImageDecoding.Known(image.File) })];
        var problems = await ProblemsOf([.. images.Select(image => image.File)], ensemble, cancellation);
        ImmutableArray<string> refused = [.. problems.OfType<string>()];
        if (wholly && !refused.IsEmpty)
            throw new BadInputException($"{refused[0]}{(refused.Length > 1 ? $" {refused.Length - 1} more cannot be enrolled." : "")} Nothing was enrolled.");
        var added = await GrainFactory.GetGrain<IGalleryLots>(Name).Add([.. images.Where((_, i) => problems[i] is null)], cancellation);
        return added with { Problems = refused };
    }

    public async Task<IdentifyAnswer> Identify(ImageFile image, int top, int? version, CancellationToken cancellation)
    {
        using var activity = SiameseTelemetry.Source.StartActivity("identify");
        var started = time.GetTimestamp();
        if (top is < 1 or > IIdentifyGrain.MaximumTop)
            throw new BadInputException($"{top} names cannot be returned; ask for 1 to {IIdentifyGrain.MaximumTop}.");
        using var held = budget.Hold([image]);
        var ensemble = await EnsembleVersions.Find(GrainFactory, Name, version, cancellation);
        var quorum = await quorums.Load(ensemble, ImageDecoding.KindsOf(image), cancellation);
        var probe = await Embed(quorum, image, cancellation);
        var (index, progress) = await indexes.Get(quorum, _patience, cancellation);
        if (index is null)
            return new(null, progress);
        if (index.Count == 0)
            throw new BadInputException($"Nobody is enrolled with ensemble {Name}; enroll an image with this 'ensemble' first.");
        var nearest = await Search(index, probe, top, cancellation);
        return new(
            new Identification
            {
                Matches = [.. nearest.Nearest.Select(near => ToMatch(quorum.Ensemble, index, probe, near))],
                Threshold = quorum.Ensemble.Threshold,
                Ensemble = Name,
                Version = quorum.Ensemble.Version,
                References = index.Count,
                Milliseconds = time.GetElapsedTime(started).TotalMilliseconds,
                Absent = quorum.Absent,
            },
            progress);
    }

    public async Task<Verdict> Verify(ImageFile image, string name, VerdictTerms terms, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var files = await FilesOf(name, cancellation);
                BadInputException.ThrowUnless(
                    files.Length <= IVerdictGrain.MaximumReferences,
                    $"{files.Length} images are enrolled under '{name}', and an image can be judged against {IVerdictGrain.MaximumReferences} at most. Give some of them with 'references'.");
                return await GrainFactory.GetGrain<IVerdictGrain>(Name).JudgeAgainst(image, files, terms, cancellation);
            }
            catch (BlobException) when (attempt < GalleryLoad.Tries)
            {
                // The gallery has changed since its lots were read.
            }
        }
    }

    private async Task<ImmutableArray<ImageFile>> FilesOf(string name, CancellationToken cancellation)
    {
        var gallery = await GrainFactory.GetGrain<IGalleryLots>(Name).GetLots([], cancellation);
        var files = ImmutableArray.CreateBuilder<ImageFile>();
        foreach (var lot in gallery.Lots.Where(lot => lot.References.Any(reference => reference.Name == name)))
        {
            var images = StoredImages.Read(await blobs.Get(lot.Blob, cancellation));
            files.AddRange(images.Where((_, row) => lot.References[row].Name == name));
        }

        return files.Count > 0 ? files.ToImmutable() : throw new BadInputException($"Nobody is enrolled as '{name}' with ensemble {Name}; `client enrolled` lists the names.");
    }

    /// <summary>For each file, why it cannot be enrolled, or null.</summary>
    private async Task<string?[]> ProblemsOf(ImmutableArray<ImageFile> files, Ensemble ensemble, CancellationToken cancellation)
    {
        var kinds = EnsembleParts.InputsOf(ensemble);
        // The width of vectors is that of the data, and the same in every version.
        if (kinds is InputKinds.Vectors)
            return (await decoding.Decode(files, Encoders.InputOf(ensemble.Members[0].Spec.Hyperparameters), cancellation)).Problems;
        // Not the members' own shapes, which would take longer, and differ in the next version.
        if (kinds is not InputKinds.Both)
            return (await decoding.Decode(files, Appearances.InputOf(kinds), cancellation)).Problems;
        var decoded = await decoding.Decode(files, [Appearances.InputOf(InputKinds.Images), Appearances.InputOf(InputKinds.Strokes)], cancellation);
        return [.. files.Zip(decoded.Values.First().Problems, (file, problem) => ImageDecoding.KindsOf(file) switch
        {
            InputKinds.Both => problem,
            InputKinds.Strokes => $"{file.Name} has only pen strokes, and ensemble {Name} takes images too. Enroll the image, with this file beside it under the same name.",
            _ => $"{file.Name} has no pen strokes, and ensemble {Name} takes them too. Put a file of pen strokes beside it, under the same name.",
        })];
    }

    public async Task<GalleryProgress> Prepare(int? version, CancellationToken cancellation)
    {
        var quorum = await quorums.Load(await EnsembleVersions.Find(GrainFactory, Name, version, cancellation), cancellation);
        return (await indexes.Get(quorum, _patience, cancellation)).Progress;
    }

    private async Task<Probe> Embed(Quorum quorum, ImageFile image, CancellationToken cancellation)
    {
        ImmutableArray<ImageFile> files = [image];
        var decoded = await decoding.Decode(files, quorum.Members.Select(member => member.Encoder.Input), cancellation);
        if (decoded.Values.Select(ofShape => ofShape.Problems[0]).FirstOrDefault(problem => problem is not null) is { } problem)
            throw new BadInputException(problem);
        return new Probe(quorum.Ensemble, await Task.WhenAll(quorum.Members.Select(
            member => batches.Embed(member.Encoder, decoded[member.Encoder.Input].Pixels, cancellation))));
    }

    private async Task<NearestNames> Search(GalleryIndex index, Probe probe, int top, CancellationToken cancellation)
    {
        var found = new NearestNames[index.PartsOf(Environment.ProcessorCount)];
        await Task.WhenAll(Enumerable.Range(0, found.Length).Select(part =>
            threads.Run(Turn.EmbedFew, () => found[part] = index.Search(probe, top, part, found.Length), cancellation)));
        foreach (var near in found.Skip(1).SelectMany(part => part.Nearest))
            found[0].Offer(near);
        return found[0];
    }

    private static Match ToMatch(Ensemble ensemble, GalleryIndex index, Probe probe, NearReference near)
    {
        var (lot, seen) = index.Lots[near.Lot];
        var judgement = EnsembleVerdict.Judge(ensemble, probe.Distances(seen, near.Row), VerdictTerms.Default);
        return new(near.Name, lot.References[near.Row].Image, judgement.Relation, judgement.Distance, judgement.Probability);
    }
}
