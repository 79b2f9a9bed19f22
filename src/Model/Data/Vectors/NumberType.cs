using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Siamese.Model.Data.Vectors;

/// <summary>How numbers are stored.</summary>
/// <param name="Name">As the field says, such as `float32`.</param>
/// <param name="Size">Bytes of a number.</param>
/// <param name="IsWhole">Whether they are integers or truth values.</param>
internal sealed record NumberType(string Name, int Size, bool IsWhole = false)
{
    public static readonly NumberType Half = new("float16", 2), Brain = new("bfloat16", 2), Single = new("float32", 4), Double = new("float64", 8);

    private static readonly NumberType _truth = new("bool", 1, IsWhole: true);
    private static readonly NumberType[] _signed = [new("int8", 1, true), new("int16", 2, true), new("int32", 4, true), new("int64", 8, true)];
    private static readonly NumberType[] _unsigned = [new("uint8", 1, true), new("uint16", 2, true), new("uint32", 4, true), new("uint64", 8, true)];

    /// <summary>The type of a NumPy code such as `f4`; null if it is not a type of numbers.</summary>
    public static NumberType? OfNumpy(string code) => code switch
    {
        "f2" => Half,
        "f4" => Single,
        "f8" => Double,
        "b1" => _truth,
        ['i', var size] => Array.Find(_signed, type => type.Size == size - '0'),
        ['u', var size] => Array.Find(_unsigned, type => type.Size == size - '0'),
        _ => null,
    };

    /// <summary>The type of a dtype of safetensors such as `BF16`; null if it is not one of numbers that are read.</summary>
    public static NumberType? OfSafetensors(string dtype) => dtype switch
    {
        "F16" => Half,
        "BF16" => Brain,
        "F32" => Single,
        "F64" => Double,
        _ => null,
    };

    /// <summary>Reverses the bytes of each number.</summary>
    public void Reverse(Span<byte> numbers)
    {
        switch (Size)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(numbers);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(numbers);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, ulong>(numbers);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    /// <summary>The numbers as single-precision floats. What is too large for these becomes infinite.</summary>
    /// <param name="stored">Little-endian.</param>
    /// <param name="floats">Receives as many numbers.</param>
    public void ToFloats(ReadOnlySpan<byte> stored, Span<float> floats)
    {
        switch (Name)
        {
            case "float16":
                Each<Half>(stored, floats, number => (float)number);
                break;
            case "bfloat16":
                Each<ushort>(stored, floats, number => BitConverter.UInt32BitsToSingle((uint)number << 16));
                break;
            case "float32":
                MemoryMarshal.Cast<byte, float>(stored).CopyTo(floats);
                break;
            case "float64":
                Each<double>(stored, floats, number => (float)number);
                break;
            default:
                for (var i = 0; i < floats.Length; i++)
                    floats[i] = Name.StartsWith('u') ? (ulong)Whole(stored, i) : Whole(stored, i);
                break;
        }
    }

    /// <summary>A whole number among little-endian ones; of `uint64`, its bits.</summary>
    public long Whole(ReadOnlySpan<byte> stored, int index)
    {
        var its = stored.Slice(index * Size, Size);
        return Name switch
        {
            "int8" => (sbyte)its[0],
            "int16" => BinaryPrimitives.ReadInt16LittleEndian(its),
            "int32" => BinaryPrimitives.ReadInt32LittleEndian(its),
            "uint16" => BinaryPrimitives.ReadUInt16LittleEndian(its),
            "uint32" => BinaryPrimitives.ReadUInt32LittleEndian(its),
            "int64" or "uint64" => BinaryPrimitives.ReadInt64LittleEndian(its),
            _ => its[0],
        };
    }

    private static void Each<T>(ReadOnlySpan<byte> stored, Span<float> floats, Func<T, float> convert)
        where T : unmanaged
    {
        var numbers = MemoryMarshal.Cast<byte, T>(stored);
        for (var i = 0; i < floats.Length; i++)
            floats[i] = convert(numbers[i]);
    }
}
