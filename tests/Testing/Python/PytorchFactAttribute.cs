namespace Siamese.Testing.Python;

/// <summary>A fact about PyTorch; skipped if it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PytorchFactAttribute : FactAttribute
{
    public PytorchFactAttribute() => Skip = PytorchPython.Missing;
}
