using System.Text;
using Siamese.Contracts;
using Siamese.Model.Data.Strokes;
using Siamese.Testing.Strokes;

namespace Siamese.Model.Tests.Data.Strokes;

public sealed class StrokeMutationTests
{
    private const string Signs = "0123456789.,;:'\"!*-+eE[]{}<>/& \n\rTFxyt";

    public static TheoryData<int> Specimens => [.. Enumerable.Range(0, StrokeFiles.All.Count())];

    [Theory]
    [MemberData(nameof(Specimens))]
    public void A_damaged_file_is_either_read_or_refused(int specimen)
    {
        var whole = Encoding.UTF8.GetBytes(StrokeFiles.All.ElementAt(specimen));
        var random = new Random(specimen);
        for (var i = 0; i < 2000; i++)
        {
            var file = Mutate(whole, random);
            StrokeReader.Recognizes(file);
            try
            {
                var path = StrokeReader.Read(file, "a");
                Assert.All(PenResampling.Apply(path, 7, byTime: i % 2 == 0), value => Assert.True(float.IsFinite(value)));
            }
            catch (BadInputException e)
            {
                Assert.StartsWith("a", e.Message, StringComparison.Ordinal);
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        List<byte> file = [.. whole];
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(file.Count);
            var sign = random.Next(10) == 0 ? (byte)random.Next(256) : (byte)Signs[random.Next(Signs.Length)];
            switch (random.Next(5))
            {
                case 0:
                    file[at] = sign;
                    break;
                case 1:
                    file.Insert(at, sign);
                    break;
                case 2:
                    file.RemoveRange(at, Math.Min(random.Next(1, 6), file.Count - at - 1));
                    break;
                case 3:
                    file.InsertRange(at, file[at..Math.Min(file.Count, at + random.Next(20))]);
                    break;
                default:
                    if (random.Next(10) == 0)
                        file.RemoveRange(at, file.Count - at - 1);
                    else
                        file[at] = (byte)(file[at] ^ 1 << random.Next(8));
                    break;
            }
        }

        return [.. file];
    }
}
