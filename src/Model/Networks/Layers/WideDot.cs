using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Siamese.Model.Networks.Layers;

/// <summary>A matrix product of rows by rows in 512-bit vectors, for the same reason as <see cref="WideProduct"/>: up to 190 GFLOP/s.</summary>
internal static class WideDot
{
    private const int Depth = 1024; // So that the 40 KB that a tile reads stay in the L1 cache.
    private const int TileRows = 4;
    private const int TileColumns = 6;

    /// <summary>C = A·Bᵀ + row, which is added to each row.</summary>
    /// <param name="a">(M, K), M at least 4, K a multiple of 16.</param>
    /// <param name="b">(N, K), N at least 6.</param>
    /// <param name="row">(N)</param>
    /// <param name="c">(M, N)</param>
    /// <param name="m">M</param>
    /// <param name="n">N</param>
    public static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> row, Span<float> c, int m, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(m, TileRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, TileColumns);
        var depth = a.Length / m;
        ArgumentOutOfRangeException.ThrowIfNotEqual(depth % Vector512<float>.Count, 0);
        for (var line = 0; line < m; line++)
            row.CopyTo(c[(line * n)..]);
        for (var from = 0; from < depth; from += Depth)
        {
            for (var column = 0; column < n; column += TileColumns)
                AddDots(a[from..], b[from..], c, n, column, depth, Math.Min(Depth, depth - from));
        }
    }

    private static void AddDots(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int n, int column, int stride, int depth)
    {
        Span<float> tile = stackalloc float[TileRows * TileColumns];
        var (m, j) = (c.Length / n, Math.Min(column, n - TileColumns));
        for (var line = 0; line < m; line += TileRows)
        {
            // The last tiles overlap the ones before them and skip the overlapping elements.
            var i = Math.Min(line, m - TileRows);
            SetTile(a[(i * stride)..], b[(j * stride)..], stride, depth, tile);
            for (var y = line - i; y < TileRows; y++)
            {
                for (var x = column - j; x < TileColumns; x++)
                    c[((i + y) * n) + j + x] += tile[(y * TileColumns) + x];
            }
        }
    }

    // Longer than a method should be: each of the 24 sums needs its own local to stay in a register.
    private static void SetTile(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int stride, int depth, Span<float> tile)
    {
        _ = a[((TileRows - 1) * stride) + depth - 1]; // Bounds are not checked below.
        _ = b[((TileColumns - 1) * stride) + depth - 1];
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        Vector512<float> s00 = default, s01 = default, s02 = default, s03 = default, s04 = default, s05 = default;
        Vector512<float> s10 = default, s11 = default, s12 = default, s13 = default, s14 = default, s15 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s23 = default, s24 = default, s25 = default;
        Vector512<float> s30 = default, s31 = default, s32 = default, s33 = default, s34 = default, s35 = default;
        for (var k = 0; k < depth; k += Vector512<float>.Count)
        {
            var x0 = Vector512.LoadUnsafe(ref x, (nuint)k);
            var x1 = Vector512.LoadUnsafe(ref x, (nuint)(stride + k));
            var x2 = Vector512.LoadUnsafe(ref x, (nuint)((2 * stride) + k));
            var x3 = Vector512.LoadUnsafe(ref x, (nuint)((3 * stride) + k));
            var y0 = Vector512.LoadUnsafe(ref y, (nuint)k);
            s00 = Vector512.FusedMultiplyAdd(x0, y0, s00);
            s10 = Vector512.FusedMultiplyAdd(x1, y0, s10);
            s20 = Vector512.FusedMultiplyAdd(x2, y0, s20);
            s30 = Vector512.FusedMultiplyAdd(x3, y0, s30);
            var y1 = Vector512.LoadUnsafe(ref y, (nuint)(stride + k));
            s01 = Vector512.FusedMultiplyAdd(x0, y1, s01);
            s11 = Vector512.FusedMultiplyAdd(x1, y1, s11);
            s21 = Vector512.FusedMultiplyAdd(x2, y1, s21);
            s31 = Vector512.FusedMultiplyAdd(x3, y1, s31);
            var y2 = Vector512.LoadUnsafe(ref y, (nuint)((2 * stride) + k));
            s02 = Vector512.FusedMultiplyAdd(x0, y2, s02);
            s12 = Vector512.FusedMultiplyAdd(x1, y2, s12);
            s22 = Vector512.FusedMultiplyAdd(x2, y2, s22);
            s32 = Vector512.FusedMultiplyAdd(x3, y2, s32);
            var y3 = Vector512.LoadUnsafe(ref y, (nuint)((3 * stride) + k));
            s03 = Vector512.FusedMultiplyAdd(x0, y3, s03);
            s13 = Vector512.FusedMultiplyAdd(x1, y3, s13);
            s23 = Vector512.FusedMultiplyAdd(x2, y3, s23);
            s33 = Vector512.FusedMultiplyAdd(x3, y3, s33);
            var y4 = Vector512.LoadUnsafe(ref y, (nuint)((4 * stride) + k));
            s04 = Vector512.FusedMultiplyAdd(x0, y4, s04);
            s14 = Vector512.FusedMultiplyAdd(x1, y4, s14);
            s24 = Vector512.FusedMultiplyAdd(x2, y4, s24);
            s34 = Vector512.FusedMultiplyAdd(x3, y4, s34);
            var y5 = Vector512.LoadUnsafe(ref y, (nuint)((5 * stride) + k));
            s05 = Vector512.FusedMultiplyAdd(x0, y5, s05);
            s15 = Vector512.FusedMultiplyAdd(x1, y5, s15);
            s25 = Vector512.FusedMultiplyAdd(x2, y5, s25);
            s35 = Vector512.FusedMultiplyAdd(x3, y5, s35);
        }

        tile[0] = Vector512.Sum(s00);
        tile[1] = Vector512.Sum(s01);
        tile[2] = Vector512.Sum(s02);
        tile[3] = Vector512.Sum(s03);
        tile[4] = Vector512.Sum(s04);
        tile[5] = Vector512.Sum(s05);
        tile[6] = Vector512.Sum(s10);
        tile[7] = Vector512.Sum(s11);
        tile[8] = Vector512.Sum(s12);
        tile[9] = Vector512.Sum(s13);
        tile[10] = Vector512.Sum(s14);
        tile[11] = Vector512.Sum(s15);
        tile[12] = Vector512.Sum(s20);
        tile[13] = Vector512.Sum(s21);
        tile[14] = Vector512.Sum(s22);
        tile[15] = Vector512.Sum(s23);
        tile[16] = Vector512.Sum(s24);
        tile[17] = Vector512.Sum(s25);
        tile[18] = Vector512.Sum(s30);
        tile[19] = Vector512.Sum(s31);
        tile[20] = Vector512.Sum(s32);
        tile[21] = Vector512.Sum(s33);
        tile[22] = Vector512.Sum(s34);
        tile[23] = Vector512.Sum(s35);
    }
}
