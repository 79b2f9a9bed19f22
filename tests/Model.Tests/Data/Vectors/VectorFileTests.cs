using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tensors;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Splits;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Tests.Data.Images;
using Siamese.Model.Tests.Data.Readers;

namespace Siamese.Model.Tests.Data.Vectors;

/// <summary>Data sets that are one file of vectors.</summary>
public sealed class VectorFileTests : IDisposable
{
    private static readonly VectorShape _shape = new(SomeVectors.Width);

    private readonly DataFolder _folder = new();

    public static TheoryData<string, string> Types => new()
    {
        { "<f4", "float" }, { ">f4", "float" }, { "<f8", "double" }, { ">f8", "double" }, { "<f2", "half" }, { ">f2", "half" },
        { "|u1", "byte" }, { "|i1", "byte" }, { "<i2", "short" }, { ">u2", "short" }, { "<i4", "int" }, { ">u4", "int" }, { "<i8", "long" }, { ">u8", "long" },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_compressed_archive_of_numpy_is_read_in_fortrans_order_with_text_labels_and_groups()
    {
        _folder.Write("features.npz", SomeVectors.NumpyNpz);

        var data = Whole("features.npz");

        Assert.Equal(InputKinds.Vectors, data.Kinds);
        Assert.Equal(SomeVectors.Values, ValuesOf(data.Images));
        Assert.Equal(["cat", "dog", "emu"], data.Classes);
        Assert.Equal(SomeVectors.Classes, data.Images.Labels.Select(label => data.Classes[label]));
        Assert.Equal([0, 1, 2], data.GroupOfClass!);
    }

    [Fact]
    public void A_big_endian_array_of_numpy_is_read_with_the_labels_beside_it()
    {
        _folder.Write("features.npy", SomeVectors.NumpyNpy);
        _folder.Write("features.labels.txt", string.Join("\r\n", SomeVectors.Classes));

        Assert.Equal(SomeVectors.Values, ValuesOf(Whole("features.npy").Images));
    }

    [Theory, MemberData(nameof(Types))]
    public void Numbers_of_every_type_and_byte_order_are_read(string type, string stored)
    {
        float[] whole = [.. Enumerable.Range(0, 72).Select(i => (float)i)];
        byte[] bytes = [.. whole.SelectMany(number => Stored(number))];
        _folder.Write("features.npz", SomeVectors.Npz(("X", SomeVectors.Npy(type, "(24, 3)", bytes)), ("y", SomeVectors.Npy(SomeVectors.Classes))));

        Assert.Equal(whole, ValuesOf(Whole("features.npz").Images));

        byte[] Stored(float number)
        {
            var its = stored switch
            {
                "float" => BitConverter.GetBytes(number),
                "double" => BitConverter.GetBytes((double)number),
                "half" => BitConverter.GetBytes((Half)number),
                "byte" => [(byte)number],
                "short" => BitConverter.GetBytes((short)number),
                "int" => BitConverter.GetBytes((int)number),
                _ => BitConverter.GetBytes((long)number),
            };
            if (type[0] == '>')
                Array.Reverse(its);
            return its;
        }
    }

    [Fact]
    public void The_same_vectors_and_labels_have_one_fingerprint_in_every_format()
    {
        string[] files =
        [
            _folder.Write("stored.npz", SomeVectors.Labelled()),
            _folder.Write("deflated.npz", SomeVectors.Npz(CompressionLevel.Optimal, ("embeddings", SomeVectors.Npy(SomeVectors.Values)), ("targets", SomeVectors.Npy(SomeVectors.Classes)))),
            _folder.Write("alone.npy", SomeVectors.Npy(SomeVectors.Values)),
            _folder.Write("beside.npy", SomeVectors.Npy(SomeVectors.Values)),
            _folder.Write("table.csv", SomeVectors.Table(",", "label", i => SomeVectors.Classes[i])),
            _folder.Write("table.tsv", SomeVectors.Table("\t", "label", i => SomeVectors.Classes[i])),
            _folder.Write("tensors.safetensors", Safetensors.Write(
                [new NamedTensor("embeddings", [24, 3], SomeVectors.Values)], new Dictionary<string, string> { ["labels"] = JsonSerializer.Serialize(SomeVectors.Classes) })),
        ];
        _folder.Write("alone.labels.npy", SomeVectors.Npy(SomeVectors.Classes));
        _folder.Write("beside.labels.csv", string.Join('\n', SomeVectors.Classes));
        _folder.WriteGz("packed.csv.gz", File.ReadAllBytes(_folder.At("table.csv")));

        Assert.Single(files.Append("packed.csv.gz").Select(file => Open(Path.GetFileName(file)).Fingerprint).Distinct());
    }

    [Theory]
    [InlineData("<i8", 8)]
    [InlineData(">i4", 4)]
    [InlineData("<f8", 0)]
    public void Labels_may_be_numbers(string type, int bytes)
    {
        byte[] labels = [.. Enumerable.Range(0, 24).SelectMany(i => Stored(i % 3))];
        _folder.Write("features.npz", SomeVectors.Npz(("X", SomeVectors.Npy(SomeVectors.Values)), ("classes", SomeVectors.Npy(type, "(24, 1)", labels))));

        Assert.Equal(["0", "1", "2"], Whole("features.npz").Classes);

        byte[] Stored(int label)
        {
            var its = new byte[8];
            if (bytes == 0)
                BinaryPrimitives.WriteDoubleLittleEndian(its, label);
            else if (bytes == 4)
                BinaryPrimitives.WriteInt32BigEndian(its, label);
            else
                BinaryPrimitives.WriteInt64LittleEndian(its, label);
            return its[..(bytes == 4 ? 4 : 8)];
        }
    }

    [Fact]
    public void The_only_matrix_is_the_vectors_and_the_only_array_with_a_label_for_each_the_labels()
    {
        _folder.Write("features.npz", SomeVectors.Npz(
            ("resnet18", SomeVectors.Npy(SomeVectors.Values)), ("animals", SomeVectors.Npy(SomeVectors.Classes)), ("classes of all", SomeVectors.Npy("cat", "dog")), ("epoch", SomeVectors.Npy("<i8", "()", new byte[8]))));

        Assert.Equal(["cat", "dog", "emu"], Whole("features.npz").Classes);
    }

    [Fact]
    public void Ids_that_are_paths_name_classes_groups_and_splits_by_their_folders()
    {
        _folder.Write("plain.npy", SomeVectors.Npy(SomeVectors.Values));
        _folder.Write("plain.ids.txt", string.Concat(SomeVectors.Classes.Select((name, i) => $"/photos/{name}/{i}.png\n")));
        _folder.Write("deep.npz", SomeVectors.Npz(
            ("X", SomeVectors.Npy(SomeVectors.Values)), ("ids", SomeVectors.Npy([.. SomeVectors.Classes.Select((name, i) => $@"data\{(i < 18 ? "train" : "test")}\{(name == "emu" ? "bird" : "pet")}\{name}\{i}.png")]))));

        Assert.Equal(["cat", "dog", "emu"], Whole("plain.npy").Classes);
        var deep = Whole("deep.npz");
        Assert.Equal(["pet/cat", "pet/dog", "bird/emu"], deep.Classes);
        Assert.Equal([1, 1, 0], deep.GroupOfClass!);
        Assert.Equal(Enumerable.Range(18, 6), deep.TestImages(SplitBy.Image));
    }

    [Fact]
    public void What_embed_writes_is_a_data_set()
    {
        var ids = SomeVectors.Classes.Select((name, i) => $"photos/{name}/{i}.png").ToArray();
        _folder.Write("embedded.csv", "image,0,1,2\n" + string.Concat(ids.Select((id, i) => FormattableString.Invariant($"{id},{SomeVectors.Values[3 * i]},{SomeVectors.Values[(3 * i) + 1]},{SomeVectors.Values[(3 * i) + 2]}\n"))));
        _folder.Write("embedded.safetensors", Safetensors.Write(
            [new NamedTensor("embeddings", [24, 3], SomeVectors.Values)], new Dictionary<string, string> { ["images"] = JsonSerializer.Serialize(ids), ["members"] = "[]" }));

        Assert.Equal(["cat", "dog", "emu"], Whole("embedded.csv").Classes);
        Assert.Equal(Open("embedded.csv").Fingerprint, Open("embedded.safetensors").Fingerprint);
    }

    [Fact]
    public void A_table_may_have_groups_splits_ids_and_a_column_that_numbers_the_rows()
    {
        _folder.Write("table.csv", SomeVectors.Table(";", ";id;person;alphabet;subset", i => $"{i};{i}.png;{SomeVectors.Classes[i]};{(i % 3 == 0 ? "a" : "b")};{(i < 12 ? "train" : i < 18 ? "val" : "test")}"));

        var data = Open("table.csv");

        Assert.Equal((12, 6, 6), (data.Training.Images.Count, data.Validation.Images.Count, data.Test.Images.Count));
        Assert.Equal([0, 1, 1], Whole("table.csv").GroupOfClass!);
        Assert.Equal(_shape, data.Training.Images.Shape);
    }

    [Theory]
    [InlineData("F64")]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void Tensors_may_have_other_precisions_and_labels_as_integers(string type)
    {
        float[] whole = [.. Enumerable.Range(0, 72).Select(i => (float)i)];
        byte[] numbers = [.. whole.SelectMany(number => type switch
        {
            "F64" => BitConverter.GetBytes((double)number),
            "F16" => BitConverter.GetBytes((Half)number),
            _ => BitConverter.GetBytes(number)[2..],
        })];
        byte[] labels = [.. Enumerable.Range(0, 24).SelectMany(i => BitConverter.GetBytes((long)i % 3))];
        var header = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["labels"] = new { dtype = "I64", shape = new[] { 24 }, data_offsets = new[] { 0, labels.Length } },
            ["pooled"] = new { dtype = type, shape = new[] { 24, 3 }, data_offsets = new[] { labels.Length, labels.Length + numbers.Length } },
        });
        _folder.Write("features.safetensors", [.. BitConverter.GetBytes((long)header.Length), .. header, .. labels, .. numbers]);

        var data = Whole("features.safetensors");

        Assert.Equal(whole, ValuesOf(data.Images));
        Assert.Equal(["0", "1", "2"], data.Classes);
    }

    [Fact]
    public void Equal_vectors_in_two_classes_are_left_out_and_other_copies_stay_in_one_split()
    {
        var values = (float[])SomeVectors.Values.Clone();
        values.AsSpan(0, 3).CopyTo(values.AsSpan(3));
        foreach (var copy in (int[])[2, 5, 8, 11])
            ((float[])[-0f, copy == 2 ? 0f : -0f, 7]).CopyTo(values, 3 * copy);
        _folder.Write("features.npz", SomeVectors.Npz(("X", SomeVectors.Npy(values)), ("y", SomeVectors.Npy(SomeVectors.Classes))));

        var data = Open("features.npz");

        Assert.Contains(data.Remarks, remark => remark == "Vectors left out because equal ones are in two classes: 2, such as row 0 and row 1.");
        DataSplit[] splits = [data.Training, data.Validation, data.Test];
        Assert.Equal(22, splits.Sum(split => split.Images.Count));
        Assert.Equal([0, 0, 4], splits.Select(split => ValuesOf(split.Images).Chunk(3).Count(row => row[2] == 7)).Order());
    }

    [Fact]
    public void A_reading_for_images_returns_the_width_of_the_data_and_one_for_another_width_is_refused()
    {
        _folder.Write("features.npz", SomeVectors.Labelled());

        Assert.Equal(_shape, Open("features.npz", ImageShape.Digits).Training.Images.Shape);
        Assert.Equal(_shape, Open("features.npz", VectorShape.Any).Training.Images.Shape);
        Assert.Contains("has vectors of 3 numbers, and 4 are needed", Refusal("features.npz", new VectorShape(4)), StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_is_asked_for_before_numbers_are_read()
    {
        _folder.Write("features.npz", SomeVectors.Labelled());
        _folder.Write("cut.npy", SomeVectors.Npy(SomeVectors.Values));
        _folder.Write("cut.labels.txt", "not enough");
        var reserved = new List<long>();

        Open("features.npz", _shape, reserved.Add);

        // 24 labels of three letters at four bytes, and what each string takes.
        Assert.Equal([(24 * 3 * 4) + (24 * (12 + 64))], reserved);
        Assert.Throws<InsufficientMemoryException>(() => Open("cut.npy", _shape, _ => throw new InsufficientMemoryException()));
    }

    [Fact]
    public void Options_for_folders_and_pairs_are_refused()
    {
        var path = _folder.Write("features.npz", SomeVectors.Labelled());
        foreach (var source in (DataSource[])[new() { FoldersAre = FoldersAre.Classes }, new() { ClassFrom = "{class}_{n}.png" }, new() { SkipsUnreadable = true }, new() { Inputs = InputKinds.Strokes }])
            Assert.Contains("Leave it out.", Assert.Throws<BadInputException>(() => DataSets.Open(source with { Path = path }, _shape, CancellationToken.None)).Message, StringComparison.Ordinal);
        DataSets.Open(new DataSource { Path = path, Inputs = InputKinds.Vectors }, _shape, CancellationToken.None);

        _folder.WriteClasses(6, "a", "b");
        var message = Assert.Throws<BadInputException>(() => DataSets.Open(new DataSource { Path = _folder.Path, Inputs = InputKinds.Vectors }, _shape, CancellationToken.None)).Message;
        Assert.Contains("'inputs' vectors needs a file of vectors", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_images_with_columns_of_numbers_stay_lists()
    {
        for (var i = 0; i < 12; i++)
            _folder.Write($"{i}.png", SomeImages.Png(i));
        _folder.Write("list.csv", "path,label,width,height,weight\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i}.png,{i % 2},{i},8,0.{i}\n")));
        _folder.Write("pairs.csv", "a,b,label,x,y\n" + string.Concat(Enumerable.Range(0, 6).Select(i => $"{i}.png,{i + 6}.png,{i % 2},{i},8\n")));

        Assert.Equal(InputKinds.Images, Whole("list.csv").Kinds);
        Assert.Equal(InputKinds.Images, DataSets.OpenWhole(new() { Path = _folder.At("pairs.csv"), LabelMeans = Contracts.Pairs.Relation.Same }, _shape, CancellationToken.None).Kinds);
    }

    private WholeData Whole(string file) => DataSets.OpenWhole(new DataSource { Path = _folder.At(file) }, _shape, CancellationToken.None);

    private DataSet Open(string file, Model.Data.Inputs.InputShape? shape = null, Action<long>? reserve = null) =>
        DataSets.Open(new DataSource { Path = _folder.At(file) }, shape ?? _shape, CancellationToken.None, new ReadingAids(Reserve: reserve));

    private string Refusal(string file, VectorShape shape) => Assert.Throws<BadInputException>(() => Open(file, shape)).Message;

    private static float[] ValuesOf(ImageSet vectors) => MemoryMarshal.Cast<byte, float>(vectors.Pixels).ToArray();
}
