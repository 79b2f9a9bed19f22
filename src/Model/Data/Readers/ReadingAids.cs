using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;

namespace Siamese.Model.Data.Readers;

/// <summary>What helps to read data. It does not change what is read.</summary>
/// <param name="Moved">The folder in which the data arrived from another machine; null if it was not moved.</param>
/// <param name="Cache">Images that were decoded earlier; null if every image is decoded.</param>
/// <param name="Count">Counts the images that are read; null if nobody looks.</param>
/// <param name="IsKnown">Whether the data was opened before, when a sweep was submitted: its options were checked then.</param>
/// <param name="Reserve">
/// Called once, before the images get any memory, with the bytes that they will take, as headers and lists of files tell. It may
/// block until there is room, or throw; null if nobody limits the memory.
/// </param>
/// <param name="Features">Computes the features of images with a backbone; null if no encoder has one.</param>
public sealed record ReadingAids(MovedFolder? Moved = null, ImageCache? Cache = null, ReadCount? Count = null, bool IsKnown = false, Action<long>? Reserve = null, IFeatures? Features = null);

/// <summary>How files of images or pen strokes are read.</summary>
/// <param name="Input">The kind and shape that they are read to.</param>
/// <param name="SkipsUnreadable">Leaves out files that cannot be read, instead of failing.</param>
/// <param name="Aids">What helps to read them.</param>
/// <param name="Cancellation">Stops between images.</param>
internal sealed record Reading(InputShape Input, bool SkipsUnreadable, ReadingAids Aids, CancellationToken Cancellation)
{
    /// <summary>Computes features; there is something that does if the input needs it.</summary>
    public IFeatures Features => Aids.Features ?? throw new InvalidOperationException($"Nothing computes {Input}.");

    /// <summary>Asks for the memory of images.</summary>
    /// <param name="images">Number of images.</param>
    /// <param name="input">The shape that they are read to.</param>
    /// <param name="stored">Bytes of unpacked files that are in memory at the same time.</param>
    /// <exception cref="Contracts.BadInputException">They are more than can ever be read.</exception>
    public void Reserve(int images, InputShape input, long stored = 0) => Aids.Reserve?.Invoke(PixelBuffer.BytesOf(images, input) + stored);

    /// <summary>The same for data that has only certain kinds: in a usual shape of its own if it lacks the wanted one.</summary>
    public Reading Of(InputKinds kinds) => kinds.HasFlag(Input.Kind) ? this : this with
    {
        Input = kinds switch { InputKinds.Strokes => StrokeShape.Usual, InputKinds.Vectors => VectorShape.Any, _ => ImageShape.Digits },
    };
}
