using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Board;
using Siamese.Grains.Data;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Galleries;
using Siamese.Grains.Storage;
using Siamese.Grains.Threads;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Exchange;

/// <inheritdoc cref="IImportGrain"/>
/// <remarks>
/// Weights keep their bytes. If the trial was trained in this cluster too, they are the same blob as the trial's, and the
/// trial's grain holds it for both. All other files are rewritten under the ensemble's name and belong to it alone.
/// </remarks>
internal sealed class ImportGrain([PersistentState("import")] IPersistentState<ImportState> state, IBlobStore blobs, UploadBudget budget, TimeProvider time) : Grain, IImportGrain, IBegunImport
{
    /// <summary>Versions are counted in each cluster, and this is the first one here; the hash says which version it was elsewhere.</summary>
    private const int Version = 1;

    private IncomingFile? _incoming;
    private ExportManifest? _manifest;

    private string Name => this.GetPrimaryKeyString();

    private ExportManifest Manifest => _manifest ??= ExportManifest.Read(
        state.State.Manifest ?? throw new BadInputException($"No import of '{Name}' is in progress; start it again."));

    public Task<bool> Exists(CancellationToken cancellation) => Task.FromResult(state.State.Manifest is not null);

    public async Task<ImportStanding> Begin(
        ImmutableArray<byte> manifest, ImmutableArray<byte> calibration, ImmutableArray<WeightsHeader> headers, CancellationToken cancellation)
    {
        SweepId.Check("'name'", Name);
        var (read, _) = await Check(manifest, calibration, headers);
        if (state.State.IsComplete && Manifest.VersionHash != read.VersionHash)
            throw BadInputException.Conflict($"There is already a different ensemble named '{Name}'; give this one another name with 'name', or remove that one.");
        // An import that was never finished makes room for another.
        if (!state.State.IsComplete && state.State.Manifest is { } begun && !begun.AsSpan().SequenceEqual(manifest.AsSpan()))
            await Remove(cancellation);

        if (state.State is { Manifest: not null, IsComplete: true })
        {
            // Complete, but the store may have lost files since: those are sent again.
            var lost = await Missing(cancellation);
            return new ImportStanding(lost, lost.IsEmpty ? await Finish(isForAll: false, cancellation) : null);
        }

        await SeeThatTheNameIsFree(cancellation);
        await FollowBackbones(read, cancellation);
        (state.State.Manifest, state.State.Calibration) = (ImmutableCollectionsMarshal.AsArray(manifest), ImmutableCollectionsMarshal.AsArray(calibration));
        (state.State.LastSent, _manifest, _incoming) = (time.GetUtcNow(), read, null);
        await this.Save(state, cancellation);
        return new ImportStanding(await Missing(cancellation), null);
    }

    public async Task<long> Send(string path, long offset, ImmutableArray<byte> piece, CancellationToken cancellation)
    {
        var file = Manifest.Wanted.FirstOrDefault(file => file.Path == path) ?? throw new BadInputException($"The import of '{Name}' does not expect a file '{path}'.");
        if (piece.IsDefaultOrEmpty || piece.Length > ExchangeLimits.PieceBytes)
            throw new BadInputException($"A piece of {path} has {(piece.IsDefault ? 0 : piece.Length)} bytes; send 1 to {ExchangeLimits.PieceBytes}.");
        if (_incoming?.Path != path)
        {
            // A piece may be sent again after the file was stored.
            if (!(await Missing(cancellation)).Contains(path))
                return file.Length;
            _incoming = new IncomingFile(file);
        }

        _incoming.Take(offset, piece.AsSpan());
        var held = _incoming.Held;
        if (_incoming.IsWhole)
            await Keep(_incoming, cancellation);
        return held;
    }

    public async Task<EnsembleSummary> Finish(bool isForAll, CancellationToken cancellation)
    {
        if (await Missing(cancellation) is [var missing, ..])
            throw BadInputException.Conflict($"The import of '{Name}' still lacks {missing}; import it again.");
        var summary = Packing.Unpack(Manifest, ExportedCalibration.Read(state.State.Calibration), Name, Version, path => state.State.Blobs.GetValueOrDefault(path));
        await GrainFactory.GetGrain<IEnsembleVersions>(Name).Adopt(summary, cancellation);
        if (!state.State.IsComplete)
        {
            state.State.IsComplete = true;
            await this.Save(state, cancellation);
        }

        // Idempotent: an ensemble on the board keeps its place, unless it is to become the newest.
        var board = GrainFactory.GetGrain<ISweepBoard>(0);
        var posted = (await board.List(cancellation)).FirstOrDefault(entry => entry.Sweep == Name);
        if (posted is null || isForAll)
        {
            var now = time.GetUtcNow();
            await board.Post(
                new BoardEntry
                {
                    Sweep = Name,
                    Phase = SweepPhase.Completed,
                    SubmittedAt = posted?.SubmittedAt ?? now,
                    HasEnsemble = true,
                    FormedAt = now,
                    IsImported = true,
                    IsForAll = isForAll,
                },
                cancellation);
        }

        return summary;
    }

    public async Task<long> Remove(CancellationToken cancellation)
    {
        // Idempotent: already removed.
        if (state.State.Manifest is null)
            return 0;
        var freed = await GrainFactory.GetGrain<IGalleryLots>(Name).Remove(cancellation);
        freed += await GrainFactory.GetGrain<IEnsembleVersions>(Name).Remove(cancellation);
        foreach (var member in Manifest.Members)
            freed += await TrialOf(member).LetGo(Name, cancellation);
        foreach (var own in state.State.Blobs.Where(blob => !IsWeights(blob.Key)))
            freed += await blobs.Delete(own.Value, cancellation);
        foreach (var backbone in BackbonePaths.ManifestsOf(Manifest))
            freed += await Registry.Forget(backbone, Name, cancellation);
        await GrainFactory.GetGrain<ISweepBoard>(0).Withdraw(Name, cancellation);
        await this.Save(() => state.ClearStateAsync(cancellation));
        (_manifest, _incoming) = (null, null);
        return freed;
    }

    public async Task<long> RemoveIfAbandoned(CancellationToken cancellation)
    {
        if (state.State is { Manifest: null } or { IsComplete: true })
            return 0;
        if (state.State.LastSent is not { } last)
        {
            state.State.LastSent = time.GetUtcNow();
            await this.Save(state, cancellation);
            return 0;
        }

        return time.GetUtcNow() - last > Unused.Grace ? await Remove(cancellation) : 0;
    }

    private async Task<(ExportManifest Manifest, ExportedCalibration Calibration)> Check(
        ImmutableArray<byte> manifest, ImmutableArray<byte> calibration, ImmutableArray<WeightsHeader> headers)
    {
        try
        {
            var (read, its) = (ExportManifest.Read(manifest.AsSpan()), ExportedCalibration.Read(calibration.AsSpan()));
            Packing.Unpack(read, its, Name, Version, _ => null);
            return await OwnThread.Run(
                () =>
                {
                    ImportCheck.Headers(read, headers);
                    return (read, its);
                },
                CancellationToken.None);
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"The export cannot be used: {e.Message} Export again, or import with the build that exported it.");
        }
    }

    private IDataRegistryGrain Registry => GrainFactory.GetGrain<IDataRegistryGrain>(0);

    /// <summary>Keeps the backbones, which are uploaded before the import begins.</summary>
    private async Task FollowBackbones(ExportManifest manifest, CancellationToken cancellation)
    {
        foreach (var backbone in BackbonePaths.ManifestsOf(manifest))
        {
            if (!(await blobs.Refresh([backbone], cancellation)).IsEmpty)
                throw new BadInputException($"The backbone in {BackbonePaths.FolderOf(backbone)} is not in the store. Import the folder with the client, which uploads it, or upload its two files first.");
            await Registry.Follow(backbone, Name, cancellation);
        }
    }

    private async Task SeeThatTheNameIsFree(CancellationToken cancellation)
    {
        if (state.State.Manifest is not null)
            return;
        var isSweep = (await GrainFactory.GetGrain<ISweepGrain>(Name).GetProgress(0, cancellation)).Phase is not SweepPhase.Unknown;
        if (isSweep || await GrainFactory.GetGrain<IEnsembleGrain>(Name).GetNewest(cancellation) is not null)
            throw BadInputException.Conflict($"There is a sweep '{Name}' already, and its ensemble has that name; give this one another name with 'name'.");
    }

    /// <summary>Files without a stored blob, in the manifest's order.</summary>
    private async Task<ImmutableArray<string>> Missing(CancellationToken cancellation)
    {
        var lost = await blobs.Missing([.. state.State.Blobs.Values.Distinct()], cancellation);
        return [.. Manifest.Wanted.Select(file => file.Path).Where(path => !state.State.Blobs.TryGetValue(path, out var blob) || lost.Contains(blob))];
    }

    /// <summary>Checks a received file and stores it. A bad file ends the import and removes everything that it stored.</summary>
    private async Task Keep(IncomingFile incoming, CancellationToken cancellation)
    {
        _incoming = null;
        var (manifest, name, path) = (Manifest, Name, incoming.Path);
        byte[] bytes;
        try
        {
            bytes = await OwnThread.Run(() => Checked(manifest, path, incoming.Bytes(), name), CancellationToken.None);
        }
        catch (InvalidDataException e)
        {
            await Remove(cancellation);
            throw new BadInputException($"{path} cannot be used: {e.Message} Nothing was imported; export it again.");
        }

        var blob = ContentName.Of(bytes);
        // Held before it is noted, and noted before it is stored: an interruption at any point neither loses a blob nor leaves one behind.
        if (manifest.Members.FirstOrDefault(member => member.Weights == path) is { } member)
            await TrialOf(member).Hold(name, blob, cancellation);
        await budget.TakeIfNew(blobs, blob, bytes.Length, cancellation);
        state.State.Blobs[path] = blob;
        state.State.LastSent = time.GetUtcNow();
        await this.Save(state, cancellation);
        await blobs.Put(bytes, cancellation);
    }

    private static byte[] Checked(ExportManifest manifest, string path, byte[] bytes, string ensemble)
    {
        var own = $"{ensemble}@{Version}";
        if (path == ExportManifest.ValidationName)
            return ImportCheck.Validation(bytes, own);
        if (path == ExportManifest.ReferencesName)
            return ImportCheck.References(manifest, bytes, own);
        ImportCheck.Weights(manifest.Members.First(member => member.Weights == path), bytes);
        return bytes;
    }

    /// <summary>The grain that keeps the member's weights if they were trained here: that of the full trial, even if it was finished early.</summary>
    private ITrialGrain TrialOf(ExportedMember member) =>
        GrainFactory.GetGrain<ITrialGrain>(member.EndsAfter is null ? member.Trial : (member.ToSpec() with { EndsAfter = null }).Id);

    private bool IsWeights(string path) => Manifest.Members.Any(member => member.Weights == path);
}
