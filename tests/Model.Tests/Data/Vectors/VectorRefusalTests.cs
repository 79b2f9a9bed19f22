using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tensors;
using Siamese.Model.Data;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Tests.Data.Readers;

namespace Siamese.Model.Tests.Data.Vectors;

/// <summary>Files of vectors that cannot be read: the message names the file, what is wrong with it, and what to do.</summary>
public sealed class VectorRefusalTests : IDisposable
{
    private static readonly byte[] _labels = SomeVectors.Npy(SomeVectors.Classes);

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(float.NaN, "'X' has NaN, which is not a number, in row 4, column 1")]
    [InlineData(float.PositiveInfinity, "'X' has a number that is infinite, or too large for single precision, in row 4, column 1")]
    public void Numbers_that_are_not_finite_are_named_by_their_place(float number, string reason)
    {
        var values = (float[])SomeVectors.Values.Clone();
        values[13] = number;
        Refuses(SomeVectors.Npz(("X", SomeVectors.Npy(values)), ("y", _labels)), reason);
    }

    [Fact]
    public void Double_precision_numbers_that_become_infinite_are_refused()
    {
        byte[] values = [.. Enumerable.Range(0, 72).SelectMany(i => BitConverter.GetBytes(i == 71 ? 1e300 : i))];
        Refuses(SomeVectors.Npz(("X", SomeVectors.Npy("<f8", "(24, 3)", values)), ("y", _labels)), "in row 23, column 2");
    }

    [Theory]
    [InlineData("(72,)", "has no array of vectors, which has the shape (N, D)")]
    [InlineData("(24, 0)", "the shape (24, 0), so there are no numbers in it")]
    [InlineData("(0, 3)", "the shape (0, 3), so there are no numbers in it")]
    [InlineData("(1, 70000)", "only 288 bytes follow")]
    [InlineData("(24, 3000000000000)", "only 288 bytes follow")]
    [InlineData("(9999999999999, 9999999999999)", "only 288 bytes follow")]
    [InlineData("(24, x)", "the size 'x' in its header")]
    [InlineData("(24, -3)", "the size '-3' in its header")]
    public void Shapes_that_are_not_those_of_vectors_are_refused(string shape, string reason) => Refuses(
        SomeVectors.Npz(("vectors", SomeVectors.Npy("<f4", shape, new byte[288])), ("y", _labels)), reason);

    [Fact]
    public void Vectors_with_more_numbers_than_any_network_has_are_refused() => Refuses(
        SomeVectors.Npz(("X", SomeVectors.Npy(new float[70_000], 70_000)), ("y", SomeVectors.Npy("a"))), "vectors of 70000 numbers; the maximum is 65536");

    [Theory]
    [InlineData("|O", "contains Python objects, which are not read because they can run programs")]
    [InlineData("<c8", "has 'c8', not numbers")]
    [InlineData("<M8[ns]", "has 'M8[ns]', not numbers")]
    public void Types_that_are_not_numbers_are_refused(string type, string reason) =>
        Refuses(SomeVectors.Npz(("X", SomeVectors.Npy(type, "(24, 3)", new byte[24 * 3 * 8])), ("y", _labels)), reason);

    [Fact]
    public void Arrays_of_several_fields_are_refused()
    {
        var npy = SomeVectors.Npy("f", "(24, 3)", new byte[288]);
        var header = Encoding.ASCII.GetString(npy).IndexOf("'f'", StringComparison.Ordinal);
        "[,]"u8.CopyTo(npy.AsSpan(header));
        Refuses(SomeVectors.Npz(("X", npy), ("y", _labels)), "has several fields in each element");
    }

    [Fact]
    public void Another_number_of_labels_than_vectors_is_refused()
    {
        Refuses(SomeVectors.Npz(("X", SomeVectors.Npy(SomeVectors.Values)), ("y", SomeVectors.Npy("a", "b"))), "the array 'y' has text of shape (2), but there are 24 vectors");
        Refuses(SomeVectors.Npz(("X", SomeVectors.Npy(SomeVectors.Values)), ("y", _labels), ("splits", SomeVectors.Npy("train", "test"))), "the array 'splits' has text of shape (2)");
        Refuses(SomeVectors.Npz(("X", SomeVectors.Npy(SomeVectors.Values))), "nothing says what their classes are. Add an array 'labels'");
        _folder.Write("some.labels.txt", "a\nb\n");
        Refuses(SomeVectors.Npy(SomeVectors.Values), "some.labels.txt has 2 rows, but there are 24 vectors", "some.npy");
        _folder.Write("other.labels.txt", string.Concat(Enumerable.Repeat("a\n\n", 12)));
        Refuses(SomeVectors.Npy(SomeVectors.Values), "other.labels.txt: line 2 is empty", "other.npy");
        Refuses(SomeVectors.Npy(SomeVectors.Values), "Write a label for each row to", "alone.npy");
    }

    [Fact]
    public void Labels_and_splits_that_mean_nothing_are_refused()
    {
        byte[] halves = [.. Enumerable.Range(0, 24).SelectMany(i => BitConverter.GetBytes(i + 0.5))];
        Refuses(SomeVectors.Npz(("X", SomeVectors.Npy(SomeVectors.Values)), ("y", SomeVectors.Npy("<f8", "(24,)", halves))), "has 0.5 in row 0, counted from 0, which is not a label");
        Refuses(
            SomeVectors.Npz(("X", SomeVectors.Npy(SomeVectors.Values)), ("y", _labels), ("splits", SomeVectors.Npy([.. SomeVectors.Classes.Select(_ => "fold 3")]))),
            "has the split 'fold 3'. A split must be train, val or test.");
        Refuses(
            SomeVectors.Npz(("X", SomeVectors.Npy(SomeVectors.Values)), ("y", SomeVectors.Npy([.. SomeVectors.Classes.Select((name, i) => i == 5 ? "" : name)]))), "no class in row 5");
        Refuses(
            SomeVectors.Npz(("X", SomeVectors.Npy(SomeVectors.Values)), ("ids", SomeVectors.Npy([.. SomeVectors.Classes.Select((_, i) => $"all/{i}.png")]))),
            "its ids, such as all/0.png, are not in folders of classes");
        Refuses(SomeVectors.Npz(("X", SomeVectors.Npy(SomeVectors.Values)), ("y", SomeVectors.Npy([.. SomeVectors.Classes.Select(_ => "one")]))), "has 1 class with at least two images");
    }

    [Fact]
    public void Several_arrays_that_may_be_the_vectors_are_named() => Refuses(
        SomeVectors.Npz(("first", SomeVectors.Npy(SomeVectors.Values)), ("second", SomeVectors.Npy(SomeVectors.Values)), ("y", _labels)),
        "several arrays that may be the vectors: first, second. Save the right one as 'features'.");

    [Fact]
    public void A_file_that_is_something_else_is_refused()
    {
        Refuses("not a zip"u8.ToArray(), "is not a file of numpy.savez");
        Refuses([], "is not a file of numpy.savez");
        Refuses("not an array"u8.ToArray(), "is not an array of NumPy", "a.npy");
        Refuses("not tensors"u8.ToArray(), "is not a valid safetensors file", "a.safetensors");
        Refuses([], "is not a valid safetensors file", "b.safetensors");
        Refuses(SomeVectors.Npz(("X", "no array"u8.ToArray())), "the array 'X' is not an array of NumPy");
        Refuses(Safetensors.Write([new NamedTensor("a", [72], SomeVectors.Values)]), "has no array of vectors", "c.safetensors");
    }

    [Fact]
    public void Files_that_end_early_are_refused_wherever_they_end()
    {
        foreach (var (name, whole) in new[] { ("a.npz", SomeVectors.Labelled()), ("a.npy", SomeVectors.Npy(SomeVectors.Values)), ("a.safetensors", Safetensors.Write([new NamedTensor("a", [24, 3], SomeVectors.Values)])) })
        {
            for (var length = 0; length < whole.Length; length += 7)
                Refuses(whole[..length], name, name);
        }
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_and_never_fail_otherwise()
    {
        var random = new Random(1);
        foreach (var (name, whole) in new[]
        {
            ("a.npz", SomeVectors.NumpyNpz), ("b.npz", SomeVectors.Labelled()), ("a.npy", SomeVectors.NumpyNpy),
            ("a.safetensors", Safetensors.Write([new NamedTensor("a", [24, 3], SomeVectors.Values)], new Dictionary<string, string> { ["labels"] = "[" + string.Join(',', Enumerable.Range(0, 24).Select(i => i % 3)) + "]" })),
            ("a.csv", Encoding.UTF8.GetBytes(SomeVectors.Table(",", "label", i => SomeVectors.Classes[i]))),
        })
        {
            for (var attempt = 0; attempt < 400; attempt++)
            {
                var damaged = (byte[])whole.Clone();
                for (var change = random.Next(1, 4); change > 0; change--)
                    damaged[random.Next(damaged.Length)] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
                _folder.Write(name, damaged);
                var reserved = 0L;
                try
                {
                    DataSets.OpenWhole(new DataSource { Path = _folder.At(name) }, VectorShape.Any, CancellationToken.None, new ReadingAids(Reserve: bytes => reserved += bytes));
                }
                catch (BadInputException problem)
                {
                    Assert.Contains(name, problem.Message, StringComparison.Ordinal);
                }

                // No header makes a small file ask for much memory.
                Assert.True(reserved < 1 << 20, $"{reserved} bytes");
            }
        }
    }

    [Fact]
    public void An_archive_whose_directory_is_larger_than_arrays_need_is_not_read()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 20_000; i++)
                archive.CreateEntry($"{i}.npy");
        }

        Refuses(file.ToArray(), "bytes of names of its entries");
    }

    [Fact]
    public void A_header_that_claims_gigabytes_is_refused_before_anything_is_reserved()
    {
        var npy = SomeVectors.Npy("<f4", "(500000000, 1)", new byte[16]);
        _folder.Write("a.npy", npy);
        var long2 = (byte[])npy.Clone();
        long2[6] = 2;
        BinaryPrimitives.WriteUInt32LittleEndian(long2.AsSpan(8), 2_000_000_000);
        _folder.Write("b.npy", long2);
        foreach (var name in (string[])["a.npy", "b.npy"])
            Assert.Throws<BadInputException>(() => DataSets.Open(new DataSource { Path = _folder.At(name) }, VectorShape.Any, CancellationToken.None, new ReadingAids(Reserve: _ => Assert.Fail("Memory was reserved."))));
    }

    [Theory]
    [InlineData("label,f0,f1\na,1,2\na,1\n", "row 3 has 2 columns, but the header has 3")]
    [InlineData("label,f0,f1\na,1,2\na,x,2\na,1,2\n", "row 3 has 'x' in f0, which is not a number")]
    [InlineData("label,f0,f1\na,1,2\na,nan,2\na,1,2\n", "row 3 has 'nan' in f0, which is not a finite number")]
    [InlineData("label,f0,f1\na,1,2\na,1e99,2\na,1,2\n", "row 3 has '1e99' in f0, which is not a finite number")]
    [InlineData("label,f0,f1\na,1,2\n,1,2\na,1,2\n", "row 3 has nothing in label")]
    [InlineData("label,f0,f1,comment\na,1,2,good\na,1,2,bad\n", "its column comment has 'good', which is not a number")]
    [InlineData("f0,f1\n1,2\n3,4\n", "has 2 columns of numbers, but none of classes. Name the column of classes 'label'")]
    [InlineData("1,2,3\n4,5,6\n7,8,9\n", "columns of numbers without names")]
    [InlineData("x,y,t,pressure\n1,2,3,1\n1,2,4,1\n", "looks like the pen strokes of one drawing")]
    public void Tables_that_are_damaged_or_may_be_something_else_are_refused(string table, string reason) => Refuses(Encoding.UTF8.GetBytes(table), reason, "table.csv");

    [Fact]
    public void A_list_of_images_with_many_columns_of_numbers_may_be_vectors_and_is_refused() => Refuses(
        Encoding.UTF8.GetBytes("image,label,size,age,height,weight,arms,legs,eyes,ears\n" + string.Concat(Enumerable.Repeat("a.png,cat,1,2,3,4,5,6,7,8\n", 3))),
        "can be read in two ways: as a list of images such as a.png, or as vectors of 8 numbers",
        "table.csv");

    private void Refuses(byte[] file, string reason, string name = "features.npz")
    {
        _folder.Write(name, file);
        var message = Assert.Throws<BadInputException>(() => DataSets.Open(new DataSource { Path = _folder.At(name) }, VectorShape.Any, CancellationToken.None)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileNameWithoutExtension(name), message, StringComparison.Ordinal);
    }
}
