namespace Siamese.Bench.Fuzz;

/// <summary>Changes files as damage, careless programs and attackers do.</summary>
internal static class Mutation
{
    private static readonly byte[] _telling = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, (byte)'\n', (byte)'"', (byte)',', (byte)'-', (byte)'9'];

    /// <summary>One of the files, with one to eight changes.</summary>
    /// <param name="files">What to change.</param>
    /// <param name="seed">Together with the number, decides everything.</param>
    /// <param name="number">Number of the mutated file.</param>
    public static byte[] Of(IReadOnlyList<byte[]> files, int seed, int number)
    {
        var random = new Random(HashCode(seed, number));
        var file = files[random.Next(files.Count)].ToList();
        for (var changes = random.Next(1, 9); changes > 0 && file.Count > 0; changes--)
            Change(file, files, random);
        return [.. file];
    }

    private static void Change(List<byte> file, IReadOnlyList<byte[]> files, Random random)
    {
        // Headers are at the beginning, and tell a reader how much to expect.
        var at = random.Next(random.Next(2) == 0 ? Math.Min(file.Count, 64) : file.Count);
        switch (random.Next(8))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                file[at] = (byte)random.Next(256);
                break;
            case 2:
                file[at] = _telling[random.Next(_telling.Length)];
                break;
            case 3: // A large or negative number.
                for (var i = at; i < Math.Min(at + 4, file.Count); i++)
                    file[i] = random.Next(2) == 0 ? byte.MaxValue : byte.MinValue;
                break;
            case 4:
                file.RemoveRange(at, file.Count - at);
                break;
            case 5:
                file.RemoveRange(at, random.Next(Math.Min(file.Count - at, 100)));
                break;
            case 6:
                file.InsertRange(at, file.GetRange(at, random.Next(Math.Min(file.Count - at, 100))));
                break;
            default:
                var other = files[random.Next(files.Count)];
                var from = random.Next(other.Length);
                file.InsertRange(at, other.AsSpan(from, random.Next(Math.Min(other.Length - from, 100))).ToArray());
                break;
        }
    }

    /// <summary>The same on every machine, unlike <see cref="System.HashCode"/>.</summary>
    private static int HashCode(int seed, int number) => unchecked((seed * 486_187_739) ^ (number * 16_777_619));
}
