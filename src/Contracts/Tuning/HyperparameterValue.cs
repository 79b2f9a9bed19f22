using System.Globalization;

namespace Siamese.Contracts.Tuning;

/// <summary>A value of a hyperparameter: a number, or one of several words.</summary>
[GenerateSerializer, Immutable, Alias("siamese.HyperparameterValue")]
public readonly record struct HyperparameterValue
{
    /// <summary>The number; 0 for a word.</summary>
    [Id(0)] public double Number { get; init; }

    /// <summary>The word; null for a number.</summary>
    [Id(1)] public string? Word { get; init; }

    /// <summary>−0 becomes 0, because training is the same.</summary>
    public static HyperparameterValue Of(double number) => new() { Number = number + 0.0 };

    public static HyperparameterValue Of(string word) => new() { Word = word };

    public static HyperparameterValue? Maybe(double? number) => number is { } value ? Of(value) : default(HyperparameterValue?);

    public static HyperparameterValue? Maybe(string? word) => word is null ? default(HyperparameterValue?) : Of(word);

    public static implicit operator HyperparameterValue(double number) => Of(number);

    public static implicit operator HyperparameterValue(string word) => Of(word);

    /// <summary>As a user writes it; reads back as the same number, to the last bit.</summary>
    public override string ToString() => Word ?? Number.ToString(CultureInfo.InvariantCulture);
}
