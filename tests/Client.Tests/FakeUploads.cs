using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Siamese.Contracts.Data;

namespace Siamese.Client.Tests;

/// <summary>Keeps uploads in memory.</summary>
internal sealed class FakeUploads : IUploadGrain
{
    private int _inFlight;

    /// <summary>Pieces by name.</summary>
    public ConcurrentDictionary<string, byte[]> Pieces { get; } = [];

    /// <summary>Names of the pieces that were sent, in order.</summary>
    public ConcurrentQueue<string> Sent { get; } = [];

    public List<DataManifest> Sealed { get; } = [];

    public int MostInFlight { get; private set; }

    /// <summary>Awaited by each piece in transit, with the number of pieces in transit.</summary>
    public Func<int, Task> OnTheWay { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called before each piece is stored.</summary>
    public Action<int> BeforePut { get; set; } = _ => { };

    /// <summary>Called before an upload is sealed.</summary>
    public Action BeforeSeal { get; set; } = () => { };

    public Task<ImmutableArray<string>> Missing(ImmutableArray<string> pieces, CancellationToken cancellation) =>
        Task.FromResult(pieces.Where(piece => !Pieces.ContainsKey(piece)).ToImmutableArray());

    public async Task<string> Put(ImmutableArray<byte> piece, CancellationToken cancellation)
    {
        var inFlight = Interlocked.Increment(ref _inFlight);
        MostInFlight = Math.Max(MostInFlight, inFlight);
        await OnTheWay(inFlight);
        Interlocked.Decrement(ref _inFlight);
        BeforePut(Sent.Count);
        var name = Name([.. piece]);
        Sent.Enqueue(name);
        Pieces[name] = [.. piece];
        return name;
    }

    public async Task<SealedUpload> Seal(ImmutableArray<byte> manifest, CancellationToken cancellation)
    {
        BeforeSeal();
        var read = DataManifest.Read([.. manifest]);
        var missing = await Missing([.. read.Pieces.Select(piece => piece.Sha256)], cancellation);
        if (missing.IsEmpty)
            Sealed.Add(read);
        return new(Name([.. manifest]), missing);
    }

    /// <summary>The files of the last upload, as a silo assembles them.</summary>
    public Dictionary<string, byte[]> Files()
    {
        var (manifest, files, at) = (Sealed[^1], new Dictionary<string, byte[]>(), 0);
        byte[] bytes = [.. manifest.Pieces.SelectMany(piece => Pieces[piece.Sha256])];
        foreach (var file in manifest.Files)
        {
            files[file.Path] = bytes[at..(at += (int)file.Length)];
            Assert.Equal(file.Sha256, Name(files[file.Path]));
        }

        return files;
    }

    private static string Name(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
