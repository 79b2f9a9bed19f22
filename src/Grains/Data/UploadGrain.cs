using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Data;

/// <inheritdoc cref="IUploadGrain"/>
[StatelessWorker]
internal sealed class UploadGrain(IBlobStore blobs, UploadBudget budget) : Grain, IUploadGrain
{
    public async Task<ImmutableArray<string>> Missing(ImmutableArray<string> pieces, CancellationToken cancellation)
    {
        if (pieces.Length > UploadLimits.NamesPerCall)
            throw new BadInputException($"{pieces.Length} pieces were asked about at once; ask about at most {UploadLimits.NamesPerCall}.");
        return pieces.FirstOrDefault(piece => !DataManifest.IsHash(piece)) is { } bad
            ? throw new BadInputException($"'{bad}' is not the name of a piece; give the SHA-256 of its bytes.")
            : await blobs.Refresh(pieces, cancellation);
    }

    public Task<string> Put(ImmutableArray<byte> piece, CancellationToken cancellation) => piece is { IsDefault: false, Length: > 0 and <= UploadLimits.PieceBytes }
        ? Keep(piece, cancellation)
        : throw new BadInputException($"A piece of {(piece.IsDefault ? 0 : piece.Length)} bytes was sent; send 1 to {UploadLimits.PieceBytes}.");

    public async Task<SealedUpload> Seal(ImmutableArray<byte> manifest, CancellationToken cancellation)
    {
        if (manifest.Length > UploadLimits.ManifestBytes)
            throw new BadInputException($"A manifest of {manifest.Length} bytes was sent; send at most {UploadLimits.ManifestBytes}.");
        try
        {
            _ = DataManifest.Read(manifest.AsSpan());
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"The manifest of the data set cannot be used: {e.Message}", e);
        }

        var name = await Keep(manifest, cancellation);
        return new SealedUpload(name, await GrainFactory.GetGrain<IDataRegistryGrain>(0).Enter(name, cancellation));
    }

    private async Task<string> Keep(ImmutableArray<byte> bytes, CancellationToken cancellation)
    {
        await budget.TakeIfNew(blobs, ContentName.Of(bytes.AsSpan()), bytes.Length, cancellation);
        return await blobs.Put(ImmutableCollectionsMarshal.AsArray(bytes)!, cancellation);
    }
}
