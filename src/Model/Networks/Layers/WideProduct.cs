using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Siamese.Model.Networks.Layers;

/// <summary>
/// Matrix products in 512-bit vectors. The library's products use only 256 bits on non-Intel processors: 105 GFLOP/s on a
/// core whose limit is 258; these reach 150 to 230.
/// </summary>
/// <remarks>Correct on every processor, but only worthwhile if <see cref="IsFast"/>. The order of summation is always the same.</remarks>
internal static class WideProduct
{
    /// <summary>Whether the processor supports 512-bit vectors.</summary>
    public static bool IsFast => Vector512.IsHardwareAccelerated;

    /// <summary>Columns of a tile; <see cref="AddTransposed"/> requires a multiple of it.</summary>
    public const int TileColumns = 32;

    /// <summary>Rows of a tile; products need at least this many rows.</summary>
    public const int TileRows = 12;

    private const int Depth = 128; // So that a panel of the right-hand side, 16 KB, stays in the L1 cache.
    private const int PackedColumns = 4 * TileColumns;

    /// <summary>C += Aᵀ·B.</summary>
    /// <param name="a">(K, M), M at least 12.</param>
    /// <param name="b">(K, N), N a multiple of 32.</param>
    /// <param name="c">(M, N)</param>
    /// <param name="m">M</param>
    /// <param name="n">N</param>
    public static void AddTransposed(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(m, TileRows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(n % TileColumns, 0);
        var depth = a.Length / m;
        Span<float> packed = stackalloc float[Depth * PackedColumns];
        for (var from = 0; from < depth; from += Depth)
        {
            var rows = Math.Min(Depth, depth - from);
            for (var column = 0; column < n; column += PackedColumns)
            {
                var panels = Math.Min(PackedColumns, n - column) / TileColumns;
                Pack(b.Slice(from * n, rows * n), n, column, panels, packed);
                for (var panel = 0; panel < panels; panel++)
                    AddPanel(a.Slice(from * m, rows * m), packed[(panel * rows * TileColumns)..], c, m, n, column + (panel * TileColumns));
            }
        }
    }

    /// <summary>Copies panels of 32 columns one after the other, each row by row. It reads long stretches, because each row starts on another page.</summary>
    private static void Pack(ReadOnlySpan<float> b, int n, int column, int panels, Span<float> packed)
    {
        var rows = b.Length / n;
        for (var row = 0; row < rows; row++)
        {
            for (var panel = 0; panel < panels; panel++)
                b.Slice((row * n) + column + (panel * TileColumns), TileColumns).CopyTo(packed[(((panel * rows) + row) * TileColumns)..]);
        }
    }

    private static void AddPanel(ReadOnlySpan<float> a, ReadOnlySpan<float> packed, Span<float> c, int m, int n, int column)
    {
        var row = 0;
        for (; row + TileRows <= m; row += TileRows)
            AddTile(a[row..], packed, a.Length / m, m, c[((row * n) + column)..], n);
        if (row == m)
            return;
        // The last rows, in a tile that overlaps finished rows.
        Span<float> tile = stackalloc float[TileRows * TileColumns];
        tile.Clear();
        AddTile(a[(m - TileRows)..], packed, a.Length / m, m, tile, TileColumns);
        for (; row < m; row++)
        {
            for (var i = 0; i < TileColumns; i++)
                c[(row * n) + column + i] += tile[((row - (m - TileRows)) * TileColumns) + i];
        }
    }


    // Longer than a method should be: each of the 24 sums needs its own local to stay in a register.
    private static void AddTile(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int depth, int stride, Span<float> c, int n)
    {
        _ = a[((depth - 1) * stride) + TileRows - 1]; // Bounds are not checked below.
        _ = b[(depth * TileColumns) - 1];
        _ = c[((TileRows - 1) * n) + TileColumns - 1];
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        ref var z = ref MemoryMarshal.GetReference(c);
        Vector512<float> l0 = default, r0 = default, l1 = default, r1 = default, l2 = default, r2 = default, l3 = default, r3 = default, l4 = default, r4 = default, l5 = default, r5 = default;
        Vector512<float> l6 = default, r6 = default, l7 = default, r7 = default, l8 = default, r8 = default, l9 = default, r9 = default, l10 = default, r10 = default, l11 = default, r11 = default;
        for (var k = 0; k < depth; k++)
        {
            var left = Vector512.LoadUnsafe(ref y);
            var right = Vector512.LoadUnsafe(ref y, 16);
            var x0 = Vector512.Create(x);
            l0 = Vector512.FusedMultiplyAdd(x0, left, l0);
            r0 = Vector512.FusedMultiplyAdd(x0, right, r0);
            var x1 = Vector512.Create(Unsafe.Add(ref x, 1));
            l1 = Vector512.FusedMultiplyAdd(x1, left, l1);
            r1 = Vector512.FusedMultiplyAdd(x1, right, r1);
            var x2 = Vector512.Create(Unsafe.Add(ref x, 2));
            l2 = Vector512.FusedMultiplyAdd(x2, left, l2);
            r2 = Vector512.FusedMultiplyAdd(x2, right, r2);
            var x3 = Vector512.Create(Unsafe.Add(ref x, 3));
            l3 = Vector512.FusedMultiplyAdd(x3, left, l3);
            r3 = Vector512.FusedMultiplyAdd(x3, right, r3);
            var x4 = Vector512.Create(Unsafe.Add(ref x, 4));
            l4 = Vector512.FusedMultiplyAdd(x4, left, l4);
            r4 = Vector512.FusedMultiplyAdd(x4, right, r4);
            var x5 = Vector512.Create(Unsafe.Add(ref x, 5));
            l5 = Vector512.FusedMultiplyAdd(x5, left, l5);
            r5 = Vector512.FusedMultiplyAdd(x5, right, r5);
            var x6 = Vector512.Create(Unsafe.Add(ref x, 6));
            l6 = Vector512.FusedMultiplyAdd(x6, left, l6);
            r6 = Vector512.FusedMultiplyAdd(x6, right, r6);
            var x7 = Vector512.Create(Unsafe.Add(ref x, 7));
            l7 = Vector512.FusedMultiplyAdd(x7, left, l7);
            r7 = Vector512.FusedMultiplyAdd(x7, right, r7);
            var x8 = Vector512.Create(Unsafe.Add(ref x, 8));
            l8 = Vector512.FusedMultiplyAdd(x8, left, l8);
            r8 = Vector512.FusedMultiplyAdd(x8, right, r8);
            var x9 = Vector512.Create(Unsafe.Add(ref x, 9));
            l9 = Vector512.FusedMultiplyAdd(x9, left, l9);
            r9 = Vector512.FusedMultiplyAdd(x9, right, r9);
            var x10 = Vector512.Create(Unsafe.Add(ref x, 10));
            l10 = Vector512.FusedMultiplyAdd(x10, left, l10);
            r10 = Vector512.FusedMultiplyAdd(x10, right, r10);
            var x11 = Vector512.Create(Unsafe.Add(ref x, 11));
            l11 = Vector512.FusedMultiplyAdd(x11, left, l11);
            r11 = Vector512.FusedMultiplyAdd(x11, right, r11);
            x = ref Unsafe.Add(ref x, stride);
            y = ref Unsafe.Add(ref y, TileColumns);
        }

        AddRow(ref z, l0, r0);
        AddRow(ref Unsafe.Add(ref z, 1 * n), l1, r1);
        AddRow(ref Unsafe.Add(ref z, 2 * n), l2, r2);
        AddRow(ref Unsafe.Add(ref z, 3 * n), l3, r3);
        AddRow(ref Unsafe.Add(ref z, 4 * n), l4, r4);
        AddRow(ref Unsafe.Add(ref z, 5 * n), l5, r5);
        AddRow(ref Unsafe.Add(ref z, 6 * n), l6, r6);
        AddRow(ref Unsafe.Add(ref z, 7 * n), l7, r7);
        AddRow(ref Unsafe.Add(ref z, 8 * n), l8, r8);
        AddRow(ref Unsafe.Add(ref z, 9 * n), l9, r9);
        AddRow(ref Unsafe.Add(ref z, 10 * n), l10, r10);
        AddRow(ref Unsafe.Add(ref z, 11 * n), l11, r11);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(ref float row, Vector512<float> left, Vector512<float> right)
    {
        (Vector512.LoadUnsafe(ref row) + left).StoreUnsafe(ref row);
        (Vector512.LoadUnsafe(ref row, 16) + right).StoreUnsafe(ref row, 16);
    }
}
