using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;

namespace Siamese.Model.Data.Readers;

/// <summary>The items of a data set in memory: as they are read, or the features that a backbone computes of them.</summary>
internal static class ItemBuffer
{
    /// <summary>Reads items on threads of its own.</summary>
    /// <param name="count">Number of items.</param>
    /// <param name="reading">How they are read.</param>
    /// <param name="read">Reads one of them.</param>
    /// <returns>The items, one after the other.</returns>
    public static byte[] Read(int count, Reading reading, ReadItem read)
    {
        var bytes = PixelBuffer.Of(count, reading.Input);
        if (reading.Input is BackboneShape backbone)
            reading.Features.Compute(backbone, count, read, bytes, reading.Cancellation);
        else
            DedicatedThreads.ForEach(count, i => read(i, reading.Input, bytes.AsSpan(i * reading.Input.Bytes, reading.Input.Bytes)), reading.Cancellation);
        return bytes;
    }
}
