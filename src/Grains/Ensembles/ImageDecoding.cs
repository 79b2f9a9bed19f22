using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Model.Data.Images;

namespace Siamese.Grains.Ensembles;

/// <summary>Decodes the images of verdicts, on the verdict threads.</summary>
internal sealed class ImageDecoding(VerdictThreads threads)
{
    /// <summary>Maximum number of images that a thread decodes in one go: a few tenths of a millisecond for digits.</summary>
    private const int LotSize = 16;

    /// <summary>Maximum bytes of files that it decodes in one go, but at least one file: new work waits for this many.</summary>
    private const int LotBytes = 64 * 1024;

    /// <summary>Decodes every image to the shape of an encoder's input. An image that cannot be read gets a problem instead.</summary>
    public async Task<DecodedImages> Decode(ImmutableArray<ImageFile> files, InputShape input, CancellationToken cancellation)
    {
        var (pixels, problems) = (new byte[]?[files.Length], new string?[files.Length]);
        var turn = Turns.ToDecode(files.Length);
        await Task.WhenAll(Lots(files).Select(lot => threads.Run(turn, () => Decode(lot.Start, lot.Count), cancellation)));
        return DecodedImages.Of(pixels, problems);

        void Decode(int start, int count)
        {
            for (var i = start; i < start + count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                threads.End.ThrowIfCancellationRequested();
                try
                {
                    pixels[i] = Read(files[i], input);
                }
                catch (BadInputException e)
                {
                    problems[i] = e.Message;
                }
            }
        }
    }

    /// <summary>Splits the files of a call into lots, in their order.</summary>
    internal static IEnumerable<(int Start, int Count)> Lots(ImmutableArray<ImageFile> files)
    {
        for (var start = 0; start < files.Length;)
        {
            var (count, bytes) = (1, (long)files[start].Bytes.Length);
            while (count < LotSize && start + count < files.Length && (bytes += files[start + count].Bytes.Length) <= LotBytes)
                count++;
            yield return (start, count);
            start += count;
        }
    }

    private static byte[] Read(ImageFile file, InputShape input) => file.Bytes.Length <= ImageFile.MaximumBytes
        ? ImageReader.Read(file.Bytes.AsSpan(), file.Name, input)
        : throw new BadInputException($"{file.Name} is larger than {ImageFile.MaximumBytes / (1024 * 1024)} MB; send a smaller image.");
}
