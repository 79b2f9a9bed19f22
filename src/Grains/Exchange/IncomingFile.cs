using Siamese.Contracts;
using Siamese.Contracts.Exchange;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Exchange;

/// <summary>A file that arrives piece by piece.</summary>
internal sealed class IncomingFile(ExportedFile file)
{
    private readonly byte[] _bytes = new byte[file.Length];

    public string Path => file.Path;

    /// <summary>Bytes received so far, from the beginning.</summary>
    public long Held { get; private set; }

    public bool IsWhole => Held == file.Length;

    /// <summary>Takes a piece that continues where the last one ended, and ignores any other.</summary>
    /// <exception cref="BadInputException">The piece is longer than the rest of the file.</exception>
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
    /// <exception cref="InvalidDataException">Its bytes do not match its hash.</exception>
    public byte[] Bytes() => ContentName.Of(_bytes) == file.Sha256
        ? _bytes
        : throw new InvalidDataException("Its bytes do not have the hash that the manifest states.");
}
