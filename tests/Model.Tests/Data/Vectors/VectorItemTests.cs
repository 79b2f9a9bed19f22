using System.Runtime.InteropServices;
using System.Text;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Tests.Data.Images;

namespace Siamese.Model.Tests.Data.Vectors;

/// <summary>Files with one vector, as verdicts read them.</summary>
public sealed class VectorItemTests
{
    private static readonly VectorShape _shape = new(3);

    public static TheoryData<byte[]> Files =>
    [
        SomeVectors.Npy("<f4", "(3,)", MemoryMarshal.AsBytes<float>([1, -2.5f, 3]).ToArray()),
        SomeVectors.Npy("<f4", "(1, 3)", MemoryMarshal.AsBytes<float>([1, -2.5f, 3]).ToArray()),
        SomeVectors.Npy("<f8", "(3,)", MemoryMarshal.AsBytes<double>([1, -2.5, 3]).ToArray()),
        "[1, -2.5, 3]"u8.ToArray(),
        "\n {\"name\": \"a\", \"embedding\": [1, -2.5, 3e0]}"u8.ToArray(),
        "1,-2.5,3\n"u8.ToArray(),
        "1\r\n-2.5\r\n3"u8.ToArray(),
        "1; -2.5;\t3"u8.ToArray(),
    ];

    [Theory, MemberData(nameof(Files))]
    public void A_vector_is_an_array_of_numpy_a_json_array_or_numbers_as_text(byte[] file) =>
        Assert.Equal([1, -2.5f, 3], MemoryMarshal.Cast<byte, float>(ItemReader.Read(file, "a", _shape)).ToArray());

    [Theory]
    [InlineData("[1, 2]", "a has 2 numbers, and vectors of 3 are needed")]
    [InlineData("[1, 2, \"x\"]", "a is not a vector")]
    [InlineData("[[1, 2, 3]]", "a is not a vector")]
    [InlineData("{\"a\": [1], \"b\": [2]}", "a is not a vector")]
    [InlineData("[1, 2, 3", "a is not a vector")]
    [InlineData("f0,f1,f2\n1,2,3", "a is not a vector")]
    [InlineData("", "a is not a vector")]
    [InlineData("1,NaN,3", "a has NaN")]
    [InlineData("1,1e300,3", "a has a number that is infinite")]
    public void Other_text_is_refused(string text, string reason) => Assert.Contains(reason, Refusal(Encoding.UTF8.GetBytes(text), _shape), StringComparison.Ordinal);

    [Fact]
    public void Arrays_of_several_vectors_are_refused() =>
        Assert.Contains("has the shape (24, 3). Give one vector", Refusal(SomeVectors.Npy(SomeVectors.Values), _shape), StringComparison.Ordinal);

    [Fact]
    public void An_image_is_not_a_vector_and_a_vector_is_neither_an_image_nor_pen_strokes()
    {
        Assert.Contains("a is an image, and a vector is needed", Refusal(SomeImages.Png(1), _shape), StringComparison.Ordinal);
        foreach (var vector in (byte[][])["[1, 2, 3]"u8.ToArray(), SomeVectors.Npy([1, 2, 3])])
        {
            Assert.Equal(InputKinds.Vectors, ItemReader.KindOf(vector));
            Assert.Contains("a is a vector, and an image is needed", Refusal(vector, ImageShape.Digits), StringComparison.Ordinal);
            Assert.Contains("a is a vector, and pen strokes are needed", Refusal(vector, StrokeShape.Usual), StringComparison.Ordinal);
        }

        Assert.Equal(InputKinds.Strokes, ItemReader.KindOf("[[[1, 2], [3, 4]]]"u8));
    }

    private static string Refusal(byte[] file, Model.Data.Inputs.InputShape shape) => Assert.Throws<BadInputException>(() => ItemReader.Read(file, "a", shape)).Message;
}
