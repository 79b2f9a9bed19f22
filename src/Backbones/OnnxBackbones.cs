using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Model.Data.Backbones;

namespace Siamese.Backbones;

/// <summary>Loads frozen networks with ONNX Runtime.</summary>
public sealed partial class OnnxBackbones : IBackboneRuntime
{
    /// <summary>Layers that a message lists.</summary>
    private const int Listed = 12;

    /// <inheritdoc/>
    public IBackbone Load(string path, BackboneSettings settings)
    {
        var file = OnnxFile.Read(File.ReadAllBytes(path), $"The backbone {settings.Name}");
        var input = OnnxInput.Of(file, settings);
        var layer = LayerOf(file, settings);
        try
        {
            var backbone = new OnnxBackbone(settings.Name, input, layer, Open(file.With(layer)));
            backbone.Try();
            return backbone;
        }
        catch (OnnxRuntimeException e)
        {
            throw Unfit(settings.Name, e);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            throw new BadInputException($"ONNX Runtime cannot be loaded on {Environment.MachineName}: {(e.InnerException ?? e).Message}");
        }
    }

    /// <summary>An error of ONNX Runtime in its own words, which name the operator or the node. Without the exception: other silos and clients do not know its type.</summary>
    internal static BadInputException Unfit(string name, OnnxRuntimeException e) =>
        new($"The backbone {name} cannot be run by ONNX Runtime: {Code().Replace(e.Message, "").ReplaceLineEndings(" ").Trim().TrimEnd('.')}.");

    private static InferenceSession Open(byte[] model)
    {
        using var options = new SessionOptions
        {
            // Two images of a pair, or two batches, are computed at once; each has half of the processors.
            IntraOpNumThreads = Math.Max(1, Environment.ProcessorCount / 2),
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        // Idle threads would take the processors from trials.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new InferenceSession(model, options);
    }

    private static string LayerOf(OnnxFile file, BackboneSettings settings)
    {
        if ((settings.Layer ?? file.Metadata.GetValueOrDefault("layer")) is { Length: > 0 } stated)
        {
            return file.Find(stated) ?? throw new BadInputException(
                $"The backbone {settings.Name} has no layer '{PlainText.Of(stated)}'. Its last ones are {string.Join(", ", file.LastLayers(Listed).Select(PlainText.Of))}.");
        }

        return file.Outputs switch
        {
            [var only] => only,
            [] => throw new BadInputException($"The backbone {settings.Name} has no output. Name a layer: FILE:LAYER."),
            var several => throw new BadInputException($"The backbone {settings.Name} has {several.Count} outputs: {string.Join(", ", several.Take(Listed).Select(PlainText.Of))}. Name one of them: FILE:LAYER."),
        };
    }

    [GeneratedRegex(@"\[ErrorCode:\w+\]\s*")]
    private static partial Regex Code();
}
