using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Siamese.Testing.Signatures;

/// <summary>Random numbers for one purpose. They depend only on its name, never on what was drawn before for another one.</summary>
/// <param name="purpose">A name such as `1 genuine 3 7`.</param>
internal sealed class Draws(string purpose)
{
    private const double Limit = 2.5;

    private readonly Random _random = new(BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(purpose))));

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public int Below(int count) => _random.Next(count);

    public double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    /// <summary>A normal number with mean 0, at most 2.5 standard deviations away: nobody writes with outliers of 4.</summary>
    public double Normal(double deviation)
    {
        while (true)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            var normal = radius * Math.Cos(2 * Math.PI * _random.NextDouble());
            if (Math.Abs(normal) <= Limit)
                return deviation * normal;
        }
    }

    /// <summary>A factor near 1.</summary>
    public double Factor(double deviation) => Math.Exp(Normal(deviation));
}
