using TorchSharp;
using static TorchSharp.torch;

namespace Siamese.Model.Tensors;

/// <summary>
/// Tensors with numbers, and sums of tensors. The library's operators wrap a number in a <see cref="Scalar"/> that nothing
/// holds while native code reads it: a garbage collection just then frees it, and the step fails or, worse, goes on with
/// whatever lies there now (seen about once in some hundred thousand steps). Here the scalar outlives the call. The
/// operators are banned in this project (build/BannedSymbols.Tensors.txt).
/// </summary>
internal static class TensorArithmetic
{
    /// <summary>The library's `add` scales its second operand by a scalar of its own making, unless it is given one.</summary>
    private static readonly Scalar _one = 1L.ToScalar();

    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, _one);

    public static Tensor Plus(this Tensor left, double right)
    {
        using var scalar = right.ToScalar();
        return left.add(scalar, _one);
    }

    /// <summary>A number less a tensor.</summary>
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

    /// <summary>No element below the number.</summary>
    public static Tensor AtLeast(this Tensor tensor, double least)
    {
        using var scalar = least.ToScalar();
        return tensor.clamp_min(scalar);
    }

    /// <summary>No element above the number.</summary>
    public static Tensor AtMost(this Tensor tensor, double most)
    {
        using var scalar = most.ToScalar();
        return tensor.clamp_max(scalar);
    }

    /// <summary>Where elements are above the number.</summary>
    public static Tensor IsAbove(this Tensor tensor, double bound)
    {
        using var scalar = bound.ToScalar();
        return tensor.gt(scalar);
    }

    /// <summary>Where elements are below the number.</summary>
    public static Tensor IsBelow(this Tensor tensor, double bound)
    {
        using var scalar = bound.ToScalar();
        return tensor.lt(scalar);
    }
}
