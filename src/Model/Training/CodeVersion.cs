using System.Reflection;

namespace Siamese.Model.Training;

/// <summary>Hash of the training code's sources and of the TorchSharp package, written by the build.</summary>
public static class CodeVersion
{
    /// <summary>16 hexadecimal digits.</summary>
    public static string Current { get; } = typeof(CodeVersion).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(CodeVersion)).Value!;
}
