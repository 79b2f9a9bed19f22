using Microsoft.ML.OnnxRuntime;
using Siamese.Contracts;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Vectors;

namespace Siamese.Backbones;

/// <summary>A network that ONNX Runtime has loaded.</summary>
internal sealed class OnnxBackbone(string name, OnnxInput input, string layer, InferenceSession session) : IBackbone
{
    private bool _takesBatches = input.HasAnyBatch;

    public ImageShape Input => input.Images;

    public int Width { get; private set; }

    public string Name => name;

    public string Layer => layer;

    /// <summary>Finds out the width by computing the features of two grey images, one alone if it does not take more.</summary>
    /// <exception cref="BadInputException">It has no vector of numbers for an image.</exception>
    public void Try()
    {
        var grey = new byte[2 * Input.Bytes];
        Array.Fill(grey, (byte)128);
        try
        {
            Width = Run(grey.AsSpan(0, _takesBatches ? 2 * Input.Bytes : Input.Bytes), features: default);
        }
        catch (Exception e) when (_takesBatches && e is OnnxRuntimeException or BadInputException)
        {
            // A file may call the number of images variable while a layer has it fixed.
            _takesBatches = false;
            Width = Run(grey.AsSpan(0, Input.Bytes), features: default);
        }

        if (Width is < 1 or > VectorShape.MostNumbers)
            throw new BadInputException(FormattableString.Invariant($"Layer {layer} of the backbone {name} has {Width} numbers for an image, and a vector has 1 to {VectorShape.MostNumbers}. Name another layer."));
    }

    /// <inheritdoc/>
    public void Embed(ReadOnlySpan<byte> pixels, Span<float> features)
    {
        var (count, at) = (pixels.Length / Input.Bytes, _takesBatches ? pixels.Length / Input.Bytes : 1);
        try
        {
            for (var i = 0; i < count; i += at)
                Run(pixels.Slice(i * Input.Bytes, at * Input.Bytes), features.Slice(i * Width, at * Width));
        }
        catch (OnnxRuntimeException e)
        {
            throw OnnxBackbones.Unfit(name, e);
        }

        foreach (var feature in features)
        {
            if (!float.IsFinite(feature))
                throw new BadInputException($"The backbone {name} computes features of an image that are not finite numbers. Check 'backbone-mean' and 'backbone-std', and whether its weights are intact.");
        }
    }

    /// <summary>As in `takes 3×224×224, …; returns 512 features of layer pool`.</summary>
    public override string ToString() => $"takes {input}; returns {Width} features of layer {layer}{(_takesBatches ? "" : ", one image at a time")}";

    /// <summary>Computes features.</summary>
    /// <param name="pixels">(B, C, H, W) bytes.</param>
    /// <param name="features">Receives (B, D); empty to find out D.</param>
    /// <returns>D.</returns>
    private int Run(ReadOnlySpan<byte> pixels, Span<float> features)
    {
        var shape = Input;
        var count = pixels.Length / shape.Bytes;
        var values = Scaled(pixels, count);
        long[] sizes = input.IsChannelsLast ? [count, shape.Height, shape.Width, shape.Channels] : [count, shape.Channels, shape.Height, shape.Width];
        using var images = OrtValue.CreateTensorValueFromMemory(values, sizes);
        using var options = new RunOptions();
        using var outputs = session.Run(options, [input.Name], [images], [layer]);
        var type = outputs[0].GetTensorTypeAndShape();
        if (type.ElementDataType is not Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float || type.Shape is not [var rows, _, ..] || rows != count)
            throw new BadInputException($"Layer {layer} of the backbone {name} returns ({string.Join(", ", type.Shape)}) of {type.ElementDataType} for {count} images, and a vector of floats for each is needed. Name another layer.");
        return Pooled(outputs[0].GetTensorDataAsSpan<float>(), type.Shape, features);
    }

    private float[] Scaled(ReadOnlySpan<byte> pixels, int count)
    {
        var (shape, values) = (Input, new float[pixels.Length]);
        for (var i = 0; i < count; i++)
        {
            for (var channel = 0; channel < shape.Channels; channel++)
            {
                var (scale, offset) = (1 / (255 * input.Deviation[channel]), -input.Mean[channel] / input.Deviation[channel]);
                var plane = pixels.Slice((i * shape.Bytes) + (channel * shape.Area), shape.Area);
                var place = input.IsReversed ? shape.Channels - 1 - channel : channel;
                if (input.IsChannelsLast)
                {
                    for (var p = 0; p < plane.Length; p++)
                        values[(i * shape.Bytes) + (p * shape.Channels) + place] = (plane[p] * scale) + offset;
                }
                else
                {
                    var target = values.AsSpan((i * shape.Bytes) + (place * shape.Area), shape.Area);
                    for (var p = 0; p < plane.Length; p++)
                        target[p] = (plane[p] * scale) + offset;
                }
            }
        }

        return values;
    }

    /// <summary>Means over everything but images and channels: (B, D, H, W), (B, H, W, D) or (B, T, D) become (B, D).</summary>
    private int Pooled(ReadOnlySpan<float> values, long[] sizes, Span<float> features)
    {
        var isLast = sizes.Length == 3 || (sizes.Length == 4 && input.IsChannelsLast);
        if (sizes.Length > 4)
            throw new BadInputException($"Layer {layer} of the backbone {name} returns ({string.Join(", ", sizes)}), and (N, D), (N, T, D) or (N, D, H, W) is needed. Name another layer.");
        var width = (int)sizes[isLast ? ^1 : 1];
        if (features.IsEmpty)
            return width;
        var (count, places) = ((int)sizes[0], values.Length / Math.Max(1, (int)sizes[0] * width));
        for (var i = 0; i < count; i++)
        {
            for (var d = 0; d < width; d++)
            {
                var sum = 0.0;
                for (var p = 0; p < places; p++)
                    sum += values[(i * width * places) + (isLast ? (p * width) + d : (d * places) + p)];
                features[(i * width) + d] = (float)(sum / places);
            }
        }

        return width;
    }
}
