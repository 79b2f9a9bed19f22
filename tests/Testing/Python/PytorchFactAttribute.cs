namespace Siamese.Testing.Python;

/// <summary>A fact about PyTorch; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PytorchFactAttribute : FactAttribute
{
    public PytorchFactAttribute() => Skip = PytorchPython.Missing;
}
