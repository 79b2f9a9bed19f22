using System.Runtime.InteropServices;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Listing;

/// <summary>
/// The values of one hyperparameter in many trials: eight bytes for each trial, and none as long as all have the same value.
/// A word, and a value that does not apply, are kept as a number that is not a number, with the place of the word in its bits.
/// </summary>
internal sealed class ValueColumn
{
    private const long NotANumber = unchecked((long)0xFFF8_0000_0000_0000);

    private readonly List<HyperparameterValue?> _others = [];
    private List<double>? _values;
    private HyperparameterValue? _only;

    /// <summary>Number of values.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there are different values.</summary>
    public bool Varies => _values is not null;

    /// <summary>Bytes that it takes, about.</summary>
    public long Bytes => (_values?.Capacity ?? 0) * sizeof(double);

    public HyperparameterValue? this[int row] => _values is { } values ? Read(values[row]) : _only;

    /// <summary>Adds the value of the next row.</summary>
    /// <param name="value">The value; null if the hyperparameter does not apply.</param>
    /// <param name="expected">Number of values that there will be, about.</param>
    public void Add(HyperparameterValue? value, int expected)
    {
        if (Count == 0)
            _only = value;
        if (_values is null && value != _only)
        {
            _values = new List<double>(Math.Max(expected, Count + 1));
            CollectionsMarshal.SetCount(_values, Count);
            CollectionsMarshal.AsSpan(_values).Fill(Write(_only));
        }

        _values?.Add(Write(value));
        Count++;
    }

    private double Write(HyperparameterValue? value)
    {
        if (value is { Word: null } number)
            return number.Number;
        var place = _others.IndexOf(value);
        if (place < 0)
        {
            place = _others.Count;
            _others.Add(value);
        }

        return BitConverter.Int64BitsToDouble(NotANumber | (long)place);
    }

    private HyperparameterValue? Read(double value) => double.IsNaN(value) ? _others[(int)(BitConverter.DoubleToInt64Bits(value) & int.MaxValue)] : HyperparameterValue.Of(value);
}
