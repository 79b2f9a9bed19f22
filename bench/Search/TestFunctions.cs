namespace Siamese.Bench.Search;

/// <summary>Functions to compare searches on, over the unit cube (both are in Surjanovic and Bingham's virtual library).</summary>
internal static class TestFunctions
{
    private static readonly double[] _weights = [1, 1.2, 3, 3.2];

    private static readonly double[][] _a =
    [
        [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14],
    ];

    private static readonly double[][] _p =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    /// <summary>The Branin function of two numbers; its minimum is 0.397887.</summary>
    public static double Branin(double[] place)
    {
        var (x, y) = ((15 * place[0]) - 5, 15 * place[1]);
        var bend = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (bend * bend) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    }

    /// <summary>The Hartmann function of six numbers; its minimum is -3.32237.</summary>
    public static double Hartmann(double[] place)
    {
        var sum = 0.0;
        for (var i = 0; i < _weights.Length; i++)
            sum -= _weights[i] * Math.Exp(-place.Select((x, j) => _a[i][j] * Math.Pow(x - _p[i][j], 2)).Sum());
        return sum;
    }
}
