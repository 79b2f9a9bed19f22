using System.Collections.Immutable;
using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;

namespace Siamese.Client.Tests;

/// <summary>Exports prepared files, and keeps imports in memory.</summary>
internal sealed class FakeExchange : IExportGrain, IImportGrain
{
    /// <summary>The keys of exports and the names of imports that were requested.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>The files of every export.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>The files that were imported.</summary>
    public Dictionary<string, List<byte>> Received { get; } = [];

    /// <summary>Called before a piece is read.</summary>
    public Action<string> BeforeRead { get; set; } = _ => { };

    public int PieceBytes { get; set; } = 3;

    public bool IsThere { get; set; }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public Task<ImmutableArray<ExportedFile>> Pack(CancellationToken cancellation) => Task.FromResult<ImmutableArray<ExportedFile>>(
        [.. Files.Select(file => new ExportedFile(file.Key, file.Value.Length, Hash(file.Value)))]);

    public Task<ImmutableArray<byte>> Read(string path, long offset, CancellationToken cancellation)
    {
        BeforeRead(path);
        return Task.FromResult<ImmutableArray<byte>>([.. Files[path].AsSpan((int)offset, Math.Min(PieceBytes, Files[path].Length - (int)offset))]);
    }

    public Task<ImportStanding> Begin(ImmutableArray<byte> manifest, ImmutableArray<byte> calibration, ImmutableArray<WeightsHeader> headers, CancellationToken cancellation)
    {
        Assert.Equal(Files[ExportManifest.FileName].AsEnumerable(), manifest);
        Assert.Equal(Files[ExportedCalibration.FileName].AsEnumerable(), calibration);
        Assert.All(headers, header => Assert.Equal(Files[header.Path].Take(header.Bytes.Length), header.Bytes));
        return Task.FromResult(IsThere ? new ImportStanding([], Summary()) : new([.. ExportManifest.Read(manifest.AsSpan()).Wanted.Select(file => file.Path)], null));
    }

    public Task<long> Send(string path, long offset, ImmutableArray<byte> piece, CancellationToken cancellation)
    {
        if (!Received.TryGetValue(path, out var bytes))
            Received.Add(path, bytes = []);
        if (offset == bytes.Count)
            bytes.AddRange(piece);
        return Task.FromResult((long)bytes.Count);
    }

    /// <summary>Whether the last import was to be the default.</summary>
    public bool IsForAll { get; private set; }

    public Task<EnsembleSummary> Finish(bool isForAll, CancellationToken cancellation)
    {
        IsForAll = isForAll;
        return Task.FromResult(Summary());
    }

    public Task<bool> Exists(CancellationToken cancellation) => Task.FromResult(IsThere);

    public Task<long> Remove(CancellationToken cancellation) => IsThere ? Task.FromResult(2_300_000L) : throw new BadInputException("Nothing is there.");

    private EnsembleSummary Summary() => new(Some.Ensemble(Keys[^1]), null);
}
