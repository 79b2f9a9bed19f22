using System.Text;
using Siamese.Contracts.Tensors;

namespace Siamese.Model.Tests.Checkpoints;

public sealed class SafetensorsTests
{
    [Fact]
    public void A_file_matches_the_format_byte_for_byte()
    {
        var header = """{"__metadata__":{"a":"1","b":"2"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]}}""";
        byte[] expected =
        [
            144, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(header.PadRight(144)),
            5, 1, 0, 0, 0, 0, 0, 0, // 261
            0, 0, 128, 63, 0, 0, 0, 192, // 1 and -2
        ];

        var written = Safetensors.Write(
            [new NamedTensor("w", [1, 2], [1f, -2f]), new NamedTensor("n", [], [261L])], new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" });

        Assert.Equal(expected, written);
    }

    [Fact]
    public void Written_tensors_read_back_unchanged()
    {
        var random = new Random(1);
        NamedTensor[] tensors =
        [
            new("conv1.weight", [3, 2, 5], [.. Enumerable.Range(0, 30).Select(_ => random.NextSingle())]),
            new("none", [4, 0], Array.Empty<float>()),
            new("odd numbers \" ü", [4], [float.NaN, float.NegativeInfinity, -0f, float.Epsilon]),
            new("bn1.num_batches_tracked", [], [long.MinValue]),
        ];
        var file = Safetensors.Read(Safetensors.Write(tensors, new Dictionary<string, string> { ["ключ"] = "значение" }));

        Assert.Equal("значение", Assert.Single(file.Metadata, entry => entry.Key == "ключ").Value);
        Assert.Equal(tensors.Length, file.Tensors.Count);
        foreach (var tensor in tensors)
        {
            Assert.Equal(tensor.Shape, file[tensor.Name].Shape);
            if (tensor.IsInteger)
                Assert.Equal(tensor.Integers, file[tensor.Name].Integers);
            else
                Assert.Equal(tensor.Values.Select(BitConverter.SingleToInt32Bits), file[tensor.Name].Values.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void The_order_of_tensors_does_not_change_the_file()
    {
        NamedTensor[] tensors = [new("b", [1], [1f]), new("a", [1], [2f]), new("c", [1], [3L])];
        Assert.Equal(Safetensors.Write(tensors), Safetensors.Write(tensors.Reverse()));
    }

    [Fact]
    public void A_file_without_tensors_can_be_written_and_read()
    {
        var file = Safetensors.Read(Safetensors.Write([]));
        Assert.Empty(file.Tensors);
        Assert.Empty(file.Metadata);
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "belong to no tensor")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "`w` claims to end at byte 8 of 4")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "`w` has 8 bytes for the shape [3]")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4294967296,4294967296,4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "`w` has 0 bytes")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", 8, "negative size")]
    [InlineData("""{"w":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""", 8, "the dtype F16")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "overlap or a gap")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "`w` begins at byte 4 of the data, not at 8")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,-8]}}""", 8, "`w` claims to end at byte -8")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "`w` has 1 data offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""", 8, "does not follow the format")]
    [InlineData("""{"w":{"dtype":"F32","shape":[0.5],"data_offsets":[0,8]}}""", 8, "does not follow the format")]
    [InlineData("""{"w":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}""", 8, "does not follow the format")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "does not follow the format")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "does not follow the format")]
    [InlineData("""{"__metadata__":7}""", 0, "does not follow the format")]
    [InlineData("""{"w":7}""", 0, "does not follow the format")]
    [InlineData("""{"w":""", 0, "does not follow the format")]
    [InlineData("[]", 0, "does not begin with `{`")]
    public void A_header_that_does_not_match_its_data_is_refused(string header, int dataBytes, string reason)
    {
        byte[] file = [.. BitConverter.GetBytes((long)header.Length), .. Encoding.ASCII.GetBytes(header), .. new byte[dataBytes]];
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Safetensors.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1_000)]
    public void A_header_longer_than_the_file_is_refused(long length)
    {
        byte[] file = [.. BitConverter.GetBytes(length), (byte)'{', (byte)'}'];
        Assert.Contains("header", Assert.Throws<InvalidDataException>(() => Safetensors.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_truncated_anywhere_is_refused()
    {
        var file = Safetensors.Write([new NamedTensor("w", [3], [1f, 2f, 3f]), new NamedTensor("n", [1], [4L])]);
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => Safetensors.Read(file.AsSpan(0, length)));
    }

    [Fact]
    public void A_damaged_header_is_refused_or_read_but_never_crashes_the_reader()
    {
        var file = Safetensors.Write([new NamedTensor("w", [3], [1f, 2f, 3f]), new NamedTensor("n", [1], [4L])]);
        var random = new Random(1);
        for (var attempt = 0; attempt < 5_000; attempt++)
        {
            byte[] damaged = [.. file];
            damaged[random.Next(file.Length - 20)] = (byte)random.Next(256);
            var problem = Record.Exception(() => Safetensors.Read(damaged));
            Assert.True(problem is null or InvalidDataException, $"{problem}");
        }
    }

    [Fact]
    public void A_tensor_needs_as_many_numbers_as_its_shape_and_a_unique_name()
    {
        Assert.Throws<ArgumentException>(() => new NamedTensor("w", [2, 2], [1f]));
        Assert.Throws<ArgumentException>(() => new NamedTensor("w", [-1], Array.Empty<float>()));
        Assert.Throws<ArgumentException>(() => Safetensors.Write([new NamedTensor("w", [1], [1f]), new NamedTensor("w", [1], [1L])]));
        Assert.Throws<ArgumentException>(() => Safetensors.Write([new NamedTensor("__metadata__", [1], [1f])]));
    }

    [Fact]
    public void Asking_for_a_missing_tensor_or_the_wrong_type_throws()
    {
        var file = Safetensors.Read(Safetensors.Write([new NamedTensor("w", [1], [1f])]));
        Assert.Throws<InvalidDataException>(() => file["v"]);
        Assert.Throws<InvalidOperationException>(() => file["w"].Integers);
    }
}
