using System.Buffers.Binary;
using System.Security.Cryptography;
using Siamese.Model.Data.Inputs;

namespace Siamese.Model.Data.Readers;

/// <summary>
/// The cached images of one data set in one shape. The file holds, in this order: a mark, when it was begun, the number of
/// images, an entry for each, their pixels (N·C·H·W bytes), and the SHA-256 of everything before.
/// </summary>
internal sealed class CachedImages : IDisposable
{
    /// <summary>Extension of a file that is being written.</summary>
    public const string Partial = ".partial";

    private const string Mark = "siamese-images-2";
    private const int HashBytes = 32;

    /// <summary>
    /// A file that was changed this shortly before it was read may have changed again without another time stamp: file systems
    /// round them, some to two seconds.
    /// </summary>
    private static readonly TimeSpan _blur = TimeSpan.FromSeconds(3);

    private readonly string _path;
    private readonly InputShape _input;
    private readonly long _begun;
    private readonly FileStream? _file;
    private readonly Dictionary<string, (CachedImage Image, int Index)> _images = [];
    private readonly long _pixelsFrom;
    private readonly long _trustedBefore;

    private CachedImages(string path, InputShape input, DateTime begun) => (_path, _input, _begun) = (path, input, begun.Ticks);

    private CachedImages(string path, InputShape input, DateTime begun, FileStream file) : this(path, input, begun)
    {
        Check(file);
        file.Position = 0;
        using var reader = new BinaryReader(file, System.Text.Encoding.UTF8, leaveOpen: true);
        if (reader.ReadString() != Mark)
            throw new InvalidDataException("Not a cache of images.");
        _trustedBefore = reader.ReadInt64() - _blur.Ticks;
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var image = new CachedImage(
                reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadBytes(HashBytes), BinaryPrimitives.ReadUInt128LittleEndian(reader.ReadBytes(16)), reader.ReadBoolean(), new(reader.ReadInt32(), reader.ReadInt32()));
            _images[image.Path] = (image, i);
        }

        _pixelsFrom = file.Position;
        if (file.Length != _pixelsFrom + ((long)count * input.Bytes) + HashBytes)
            throw new InvalidDataException("The cache has another length than its images.");
        _file = file;
    }

    /// <summary>Number of cached images.</summary>
    public int Count => _images.Count;

    /// <summary>Opens a file; without images if it is missing or damaged.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">The shape of the images.</param>
    /// <param name="now">Now: when images are begun to be read that <see cref="Replace"/> may write.</param>
    public static CachedImages Open(string path, InputShape input, DateTime now)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
            return new(path, input, now, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            file?.Dispose();
            return new(path, input, now);
        }
    }

    /// <summary>The image of a file, if it is cached and the file has not changed. May be called on several threads at once.</summary>
    /// <param name="file">The file.</param>
    /// <param name="pixels">Receives its C·H·W pixels.</param>
    public CachedImage? Read(FileInfo file, Span<byte> pixels)
    {
        if (!_images.TryGetValue(file.FullName, out var cached)
            || cached.Image.Length != file.Length || cached.Image.Changed != file.LastWriteTimeUtc.Ticks || cached.Image.Changed >= _trustedBefore)
        {
            return null;
        }

        try
        {
            return RandomAccess.Read(_file!.SafeFileHandle, pixels, _pixelsFrom + ((long)cached.Index * _input.Bytes)) == pixels.Length ? cached.Image : null;
        }
        catch (IOException)
        {
            // Decoded again, as if it were not cached.
            return null;
        }
    }

    /// <summary>Writes a new file in place of this one.</summary>
    /// <param name="images">The images.</param>
    /// <param name="pixels">N·C·H·W bytes.</param>
    public void Replace(IReadOnlyList<CachedImage> images, byte[] pixels)
    {
        var partial = $"{_path}.{Guid.NewGuid():N}{Partial}";
        try
        {
            using (var file = File.Create(partial))
            {
                using var hash = SHA256.Create();
                using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
                {
                    using var writer = new BinaryWriter(hashed, System.Text.Encoding.UTF8, leaveOpen: true);
                    writer.Write(Mark);
                    writer.Write(_begun);
                    writer.Write(images.Count);
                    Span<byte> content = stackalloc byte[16];
                    foreach (var image in images)
                    {
                        BinaryPrimitives.WriteUInt128LittleEndian(content, image.Content);
                        writer.Write(image.Path);
                        writer.Write(image.Length);
                        writer.Write(image.Changed);
                        writer.Write(image.Sha256);
                        writer.Write(content);
                        writer.Write(image.IsComposited);
                        writer.Write(image.Size.Rows);
                        writer.Write(image.Size.Columns);
                    }

                    writer.Write(pixels);
                }

                file.Write(hash.Hash!);
            }

            File.Move(partial, _path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static void Check(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (var left = file.Length - HashBytes; left > 0;)
        {
            var read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
                throw new InvalidDataException("The cache ends early.");
            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        var stated = new byte[HashBytes];
        file.ReadExactly(stated);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(stated))
            throw new InvalidDataException("The cache is damaged.");
    }
}
