using Siamese.Contracts;
using Siamese.Contracts.Exchange;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Exchange;

/// <summary>A file that comes in piece by piece.</summary>
internal sealed class IncomingFile(ExportedFile file)
{
    private readonly byte[] _bytes = new byte[file.Length];

    public string Path => file.Path;

    /// <summary>Bytes from its beginning that have come in.</summary>
    public long Held { get; private set; }

    public bool IsWhole => Held == file.Length;

    /// <summary>Takes a piece that goes on where the last one ended, and leaves any other.</summary>
    /// <exception cref="BadInputException">It is longer than what is still missing.</exception>
    public void Take(long offset, ReadOnlySpan<byte> piece)
    {
        if (offset != Held)
            return;
        if (piece.Length > file.Length - Held)
            throw new BadInputException($"{Path} is longer than the {file.Length} bytes that the manifest states.");
        piece.CopyTo(_bytes.AsSpan((int)Held));
        Held += piece.Length;
    }

    /// <summary>The whole file.</summary>
    /// <exception cref="InvalidDataException">It does not have its hash.</exception>
    public byte[] Bytes() => ContentName.Of(_bytes) == file.Sha256
        ? _bytes
        : throw new InvalidDataException("Its bytes do not have the hash that the manifest states.");
}
