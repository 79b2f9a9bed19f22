using Siamese.Contracts;
using Siamese.Contracts.Backbones;

namespace Siamese.Client.Commands.Backbones;

/// <summary>A network that a user names: its file, perhaps with a layer.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Layer">The layer; null for the network's output.</param>
internal sealed record BackboneFile(string Path, string? Layer)
{
    private const string Extension = ".onnx";

    /// <summary>Name of the file, without the extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Whether a value of `--backbone` is a file, rather than `none` or a network that the cluster has.</summary>
    public static bool IsMeant(string value) => value != BackboneName.None && BackboneName.Find(value) is null;

    /// <summary>Reads `FILE.onnx` or `FILE.onnx:LAYER`.</summary>
    /// <exception cref="BadInputException">There is no such file, or it cannot be a network.</exception>
    public static BackboneFile Read(string value)
    {
        var end = value.LastIndexOf(Extension + ":", StringComparison.OrdinalIgnoreCase);
        var (path, layer) = end < 0 || File.Exists(value) ? (value, null) : (value[..(end + Extension.Length)], value[(end + Extension.Length + 1)..]);
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new BadInputException($"--backbone: there is no file '{PlainText.Of(path)}'. Give a network in the format of ONNX, or FILE.onnx:LAYER for one of its layers.");
        if (layer is "")
            throw new BadInputException($"--backbone: '{PlainText.Of(value)}' names no layer after the colon.");
        if (file.Length == 0)
            throw new BadInputException($"--backbone: {path} is empty.");
        if (file.Length > BackboneSettings.MostBytes)
        {
            throw new BadInputException(FormattableString.Invariant(
                $"--backbone: {path} has {file.Length / 1e6:F0} MB, more than the maximum of {BackboneSettings.MostBytes / 1e6:F0} MB. Use a smaller network, or one with weights of lower precision."));
        }

        return new(file.FullName, layer);
    }
}
