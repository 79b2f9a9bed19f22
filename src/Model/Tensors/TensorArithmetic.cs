using TorchSharp;
using static TorchSharp.torch;

namespace Siamese.Model.Tensors;

/// <summary>
/// Arithmetic of tensors with numbers, and sums of tensors. The library's operators wrap a number in a <see cref="Scalar"/>
/// that nothing references while native code reads it. If a garbage collection frees it just then, the step fails or, worse,
/// continues with whatever is there now (seen about once in some hundred thousand steps). Here the scalar outlives the call.
/// The operators are banned in this project (build/BannedSymbols.Tensors.txt).
/// </summary>
internal static class TensorArithmetic
{
    /// <summary>The library's `add` scales its second operand by a scalar that it creates itself, unless you pass one.</summary>
    private static readonly Scalar _one = 1L.ToScalar();

    private static readonly Scalar _two = 2L.ToScalar();

    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, _one);

    public static Tensor Plus(this Tensor left, double right)
    {
        using var scalar = right.ToScalar();
        return left.add(scalar, _one);
    }

    /// <summary>Adds 1 to a tensor of whole numbers, in place.</summary>
    public static void Increment(this Tensor count) => count.add_(_one, _one);

    /// <summary>A number minus a tensor.</summary>
    public static Tensor Less(this double left, Tensor right)
    {
        using var negative = right.neg();
        return negative.Plus(left);
    }

    public static Tensor Times(this Tensor left, double right)
    {
        using var scalar = right.ToScalar();
        return left.mul(scalar);
    }

    public static Tensor Times(this Tensor left, long right)
    {
        using var scalar = right.ToScalar();
        return left.mul(scalar);
    }

    public static Tensor DividedBy(this Tensor left, double right)
    {
        using var scalar = right.ToScalar();
        return left.div(scalar);
    }

    /// <summary>The square of each element.</summary>
    public static Tensor Squared(this Tensor tensor) => tensor.pow(_two);

    /// <summary>Raises elements below the number to it.</summary>
    public static Tensor AtLeast(this Tensor tensor, double least)
    {
        using var scalar = least.ToScalar();
        return tensor.clamp_min(scalar);
    }

    /// <summary>Lowers elements above the number to it.</summary>
    public static Tensor AtMost(this Tensor tensor, double most)
    {
        using var scalar = most.ToScalar();
        return tensor.clamp_max(scalar);
    }

    /// <summary>A mask of the elements above the number.</summary>
    public static Tensor IsAbove(this Tensor tensor, double bound)
    {
        using var scalar = bound.ToScalar();
        return tensor.gt(scalar);
    }

    /// <summary>A mask of the elements below the number.</summary>
    public static Tensor IsBelow(this Tensor tensor, double bound)
    {
        using var scalar = bound.ToScalar();
        return tensor.lt(scalar);
    }
}
