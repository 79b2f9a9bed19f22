using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Data;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Forming;
using Siamese.Grains.Storage;
using Siamese.Model.Exchange;

namespace Siamese.Grains.Exchange;

/// <inheritdoc cref="IExportGrain"/>
/// <remarks>Keeps one file in memory at a time, and deactivates soon after the last read.</remarks>
[CollectionAgeLimit(Minutes = 2)]
internal sealed class ExportGrain(IBlobStore blobs, EnsembleFormer former) : Grain, IExportGrain
{
    private ImmutableArray<PackedFile> _files = [];
    private (string Path, byte[] Bytes)? _open;

    public async Task<ImmutableArray<ExportedFile>> Pack(CancellationToken cancellation)
    {
        // Another ensemble may have taken that name since.
        (_files, _open) = ([], null);
        await Prepare(cancellation);
        return [.. _files.Select(file => file.File)];
    }

    public async Task<ImmutableArray<byte>> Read(string path, long offset, CancellationToken cancellation)
    {
        await Prepare(cancellation);
        var file = _files.FirstOrDefault(file => file.File.Path == path);
        if (file is null || offset < 0 || offset > file.File.Length)
            throw new BadInputException($"The export of {this.GetPrimaryKeyString()} has no file '{path}' with a byte {offset}.");
        if (_open?.Path != path)
            _open = (path, file.Bytes ?? await Whole(file, cancellation));
        var bytes = _open.Value.Bytes;
        return [.. bytes.AsSpan((int)offset, (int)Math.Min(ExchangeLimits.PieceBytes, bytes.Length - offset))];
    }

    private async Task Prepare(CancellationToken cancellation)
    {
        if (!_files.IsEmpty)
            return;
        var key = ExportKey.Parse(this.GetPrimaryKeyString());
        _files = key.Trial is null ? await PackVersion(key, cancellation) : await PackTrial(key, cancellation);
    }

    private async Task<ImmutableArray<PackedFile>> PackVersion(ExportKey key, CancellationToken cancellation)
    {
        var summary = await GrainFactory.GetGrain<IEnsembleVersions>(key.Name).GetVersion(key.Version!.Value, cancellation)
            ?? throw BadInputException.Missing($"Ensemble '{key.Name}' has no version {key.Version}; `client ensembles {key.Name}` lists its versions.");
        var files = new List<PackedFile>();
        if (summary.Ensemble.ValidationBlob is { } validation)
            files.Add(await Stored(ExportManifest.ValidationName, validation, cancellation));
        if (summary.Ensemble.ReferencesBlob is { } references)
            files.Add(await Stored(ExportManifest.ReferencesName, references, cancellation));
        return await Complete(summary, files, cancellation);
    }

    private async Task<ImmutableArray<PackedFile>> PackTrial(ExportKey key, CancellationToken cancellation)
    {
        var sweep = GrainFactory.GetGrain<ISweepGrain>(key.Name);
        var trial = (await sweep.GetTrials(cancellation)).FirstOrDefault(trial => trial.Trial == key.Trial)
            ?? throw new BadInputException($"Sweep '{key.Name}' has no trial {key.Trial}; `client trials {key.Name}` lists its trials.");
        if (trial is not { Status: TrialStatus.Completed, Result: { WeightsBlob: not null, EmbeddingsBlob: not null } })
            throw BadInputException.Conflict($"Trial {key.Trial} has not completed (it is {Words.Of(trial.Status)}), so there is nothing to export.");
        var progress = await sweep.GetProgress(int.MaxValue, cancellation);
        var data = progress.Result?.Ensemble.Ensemble.Data
            ?? throw BadInputException.Conflict($"Sweep '{key.Name}' has no ensemble yet; export its trials once it has one.");
        try
        {
            var formed = await former.FormAlone(trial, data, progress.SubmittedAt);
            PackedFile[] files = [PackedFile.Of(ExportManifest.ValidationName, formed.Validation), PackedFile.Of(ExportManifest.ReferencesName, formed.References)];
            return await Complete(new EnsembleSummary(formed.Ensemble, null), files, cancellation);
        }
        catch (Exception e) when (e is BlobException or DataUnavailableException or ArgumentException)
        {
            // Without the inner exception: the client does not know all of those types, and could not read it.
            throw new BadInputException($"Trial {key.Trial} cannot be exported: {e.Message}");
        }
    }

    private async Task<ImmutableArray<PackedFile>> Complete(EnsembleSummary summary, IEnumerable<PackedFile> own, CancellationToken cancellation)
    {
        var files = new List<PackedFile>
        {
            PackedFile.Of(ExportedCalibration.FileName, Packing.Calibration(summary.Ensemble).Write()),
            PackedFile.Of(PytorchLoader.FileName, PytorchLoader.Read()),
        };
        files.AddRange(own);
        foreach (var member in summary.Ensemble.Members)
            files.Add(await Stored(Packing.WeightsPath(member.Trial), member.WeightsBlob, cancellation));
        foreach (var backbone in summary.Ensemble.Members.Select(member => BackboneName.Find(member.Spec.Hyperparameters.Backbone)?.Manifest).OfType<string>().Distinct())
            files.AddRange((await Intact(PackedBackbone.Read(backbone, blobs, cancellation))).Files);
        // The manifest is written last, so that a folder with a manifest is complete.
        return [.. files, PackedFile.Of(ExportManifest.FileName, Packing.Manifest(summary, files.Select(file => file.File)).Write())];
    }

    /// <summary>Reads the blob once to check that it is intact before anything is written.</summary>
    private async Task<PackedFile> Stored(string path, string blob, CancellationToken cancellation) =>
        new(new ExportedFile(path, (await Get(blob, cancellation)).Length, blob), Bytes: null);

    private Task<byte[]> Get(string blob, CancellationToken cancellation) => Intact(blobs.Get(blob, cancellation));

    private Task<byte[]> Whole(PackedFile file, CancellationToken cancellation) => file.Join is { } join ? Intact(join(cancellation)) : Get(file.File.Sha256, cancellation);

    private async Task<T> Intact<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (Exception e) when (e is BlobException or InvalidDataException)
        {
            throw new BadInputException($"{this.GetPrimaryKeyString()} cannot be exported completely: {e.Message} Check the store and export again.");
        }
    }
}
