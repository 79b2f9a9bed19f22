using System.Numerics;

namespace Siamese.Grains.Search.Proposers;

/// <summary>
/// A Sobol sequence: points that fill the cube evenly for any number of points (Sobol, 1967; in Gray code order by Antonov and
/// Saleev, 1979; direction numbers by Joe and Kuo, "Constructing Sobol Sequences with Better Two-Dimensional Projections",
/// SIAM J. Sci. Comput., 2008). Each dimension is shifted by a random number (Cranley-Patterson rotation in base two), so
/// that seeds give different points and the first point is not a corner.
/// </summary>
internal sealed class SobolProposer : IProposer
{
    private const int Bits = 32;

    /// <summary>From the second dimension on: the polynomial's coefficients and the first direction numbers.</summary>
    private static readonly (uint Polynomial, uint[] First)[] _table =
    [
        (0, [1]), (1, [1, 3]), (1, [1, 3, 1]), (2, [1, 1, 1]), (1, [1, 1, 3, 3]), (4, [1, 3, 5, 13]), (2, [1, 1, 5, 5, 17]),
        (4, [1, 1, 5, 5, 5]), (7, [1, 1, 7, 11, 19]), (11, [1, 1, 5, 1, 1]), (13, [1, 1, 1, 3, 11]), (14, [1, 3, 5, 5, 31]),
        (1, [1, 3, 3, 9, 7, 49]), (13, [1, 1, 1, 15, 21, 21]), (16, [1, 3, 1, 13, 27, 49]), (19, [1, 1, 1, 15, 7, 5]),
        (22, [1, 3, 1, 15, 13, 25]), (25, [1, 1, 5, 5, 19, 61]), (1, [1, 3, 7, 11, 23, 15, 103]), (4, [1, 3, 7, 13, 13, 15, 69]),
        (7, [1, 1, 3, 13, 7, 35, 63]), (8, [1, 3, 5, 9, 1, 25, 53]), (14, [1, 3, 1, 13, 9, 35, 107]), (19, [1, 3, 1, 5, 27, 61, 31]),
        (21, [1, 1, 5, 11, 19, 41, 61]), (28, [1, 3, 5, 3, 3, 13, 69]), (31, [1, 1, 7, 13, 1, 19, 1]), (32, [1, 3, 7, 5, 13, 19, 59]),
        (37, [1, 1, 3, 9, 25, 29, 41]), (41, [1, 3, 5, 13, 23, 1, 55]), (42, [1, 3, 7, 3, 13, 59, 17]), (50, [1, 3, 1, 3, 5, 53, 69]),
        (55, [1, 1, 5, 5, 23, 33, 13]), (56, [1, 1, 7, 7, 1, 61, 123]), (59, [1, 1, 7, 9, 13, 61, 49]), (62, [1, 3, 3, 5, 3, 55, 33]),
    ];

    private readonly uint[][] _directions;
    private readonly uint[] _shift;

    /// <param name="dimensions">Dimensions of the unit cube; at most <see cref="MostDimensions"/>.</param>
    /// <param name="seed">Seed of the shift; null for no shift.</param>
    public SobolProposer(int dimensions, int? seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MostDimensions);
        _directions = [.. Enumerable.Range(0, dimensions).Select(Directions)];
        _shift = new uint[dimensions];
        if (seed is not { } stated)
            return;
        var random = new SplitMix(stated, 0);
        for (var i = 0; i < dimensions; i++)
            _shift[i] = (uint)(random.Next() >> 32);
    }

    public static int MostDimensions => _table.Length + 1;

    public double[] Propose(int number, IReadOnlyList<Observation> seen)
    {
        var gray = (uint)number ^ ((uint)number >> 1);
        return [.. _directions.Zip(_shift, (directions, shift) => (Combine(directions, gray) ^ shift) / (double)(1UL << Bits))];
    }

    private static uint Combine(uint[] directions, uint gray)
    {
        var combined = 0u;
        for (; gray != 0; gray &= gray - 1)
            combined ^= directions[BitOperations.TrailingZeroCount(gray)];
        return combined;
    }

    private static uint[] Directions(int dimension)
    {
        var directions = new uint[Bits];
        if (dimension == 0)
        {
            for (var i = 0; i < Bits; i++)
                directions[i] = 1u << (Bits - 1 - i);
            return directions;
        }

        var (polynomial, first) = _table[dimension - 1];
        var degree = first.Length;
        for (var i = 0; i < Bits; i++)
        {
            if (i < degree)
            {
                directions[i] = first[i] << (Bits - 1 - i);
                continue;
            }

            directions[i] = directions[i - degree] ^ (directions[i - degree] >> degree);
            for (var k = 1; k < degree; k++)
            {
                if (((polynomial >> (degree - 1 - k)) & 1) != 0)
                    directions[i] ^= directions[i - k];
            }
        }

        return directions;
    }
}
