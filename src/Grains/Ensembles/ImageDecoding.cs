using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Model.Data;

namespace Siamese.Grains.Ensembles;

/// <summary>Decodes the images of verdicts, on the threads that verdicts are computed on.</summary>
internal sealed class ImageDecoding(VerdictThreads threads)
{
    /// <summary>Images that a thread decodes in one go: some tenths of a millisecond, for digits.</summary>
    private const int LotSize = 16;

    /// <summary>Decodes every image to the shape of an encoder's input. One that cannot be read has a problem instead.</summary>
    public async Task<DecodedImages> Decode(ImmutableArray<ImageFile> files, InputShape input, CancellationToken cancellation)
    {
        var (pixels, problems) = (new byte[]?[files.Length], new string?[files.Length]);
        await Task.WhenAll(Enumerable.Range(0, files.Length).Chunk(LotSize).Select(lot => threads.Run(Turn.Decode, () => Decode(lot), cancellation)));
        return DecodedImages.Of(pixels, problems);

        void Decode(int[] lot)
        {
            foreach (var i in lot)
            {
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

    private static byte[] Read(ImageFile file, InputShape input) => file.Bytes.Length <= ImageFile.MaximumBytes
        ? ImageReader.Read(file.Bytes.AsSpan(), file.Name, input)
        : throw new BadInputException($"{file.Name} is larger than {ImageFile.MaximumBytes / (1024 * 1024)} MB; send a smaller image.");
}
