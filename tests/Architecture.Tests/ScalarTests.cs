using Mono.Cecil;

namespace Siamese.Architecture.Tests;

/// <summary>
/// A `Scalar` that TorchSharp creates for a single call may be freed by a garbage collection while native code reads it. Then a
/// training step fails, or computes with another number.
/// </summary>
public sealed class ScalarTests
{
    [Fact]
    public void The_model_calls_no_method_of_tensors_that_creates_a_scalar_of_its_own()
    {
        var library = Assemblies.Read("TorchSharp");
        var creating = Callers(library, method => method.DeclaringType.FullName == "TorchSharp.Scalar" && method.Name is "op_Implicit" or "ToScalar");
        // A method that calls such a method creates one too.
        for (var count = 0; count < creating.Count;)
        {
            count = creating.Count;
            creating.UnionWith(Callers(library, method => creating.Contains(method.FullName)));
        }

        var called = Assemblies.Instructions(Assemblies.Read("Siamese.Model"))
            .Where(at => at.Method.DeclaringType.Name != "TensorArithmetic")
            .Select(at => at.Instruction.Operand).OfType<MethodReference>()
            .Select(method => method.FullName)
            .Where(creating.Contains)
            .Distinct();

        Assert.Contains(creating, method => method.Contains("Tensor::square()", StringComparison.Ordinal));
        Assert.Equal([], called);
    }

    private static HashSet<string> Callers(AssemblyDefinition library, Func<MethodReference, bool> isCalled) =>
    [
        .. Assemblies.Instructions(library)
            .Where(at => at.Instruction.Operand is MethodReference method && isCalled(method))
            .Select(at => at.Method.FullName),
    ];
}
