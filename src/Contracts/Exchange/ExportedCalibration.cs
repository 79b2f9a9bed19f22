using System.Collections.Immutable;
using System.Text.Json;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.References;

namespace Siamese.Contracts.Exchange;

/// <summary>How an exported ensemble turns its members' distances into an answer: the file `calibration.json`.</summary>
public sealed record ExportedCalibration
{
    public const string FileName = "calibration.json";

    private const double Rounding = 1e-6;

    /// <summary>In the manifest's order.</summary>
    public required ImmutableArray<ExportedThreshold> Members { get; init; }

    /// <summary>A combined distance up to this is *same*.</summary>
    public required double Threshold { get; init; }

    /// <summary>The probability of *same* before the images are seen, which the probabilities assume.</summary>
    public required double Prior { get; init; }

    public required ExportedPlatt Platt { get; init; }

    /// <summary>Used instead of Platt's calibration if not null.</summary>
    public required IsotonicCurve? Isotonic { get; init; }

    /// <summary>Corrects the calibration in use with feedback; null if there is no correction.</summary>
    public Recalibration? Recalibration { get; init; }

    /// <summary>Thresholds and calibrations for pairs that are there as one kind only; null if all members take the same.</summary>
    public ImmutableArray<PartCalibration>? Parts { get; init; }

    /// <summary>Rules, thresholds and calibrations for several references; null if there are none.</summary>
    public ImmutableArray<ReferenceCalibration>? References { get; init; }

    /// <summary>How far the probabilities can be trusted; null if unknown.</summary>
    public required CalibrationCheck? Check { get; init; }

    /// <summary>Serializes the calibration as a file. The same calibration gives the same bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ExchangeJson.Default.ExportedCalibration);

    /// <exception cref="InvalidDataException">It is not a valid calibration; the message says why.</exception>
    public static ExportedCalibration Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var read = JsonSerializer.Deserialize(bytes, ExchangeJson.Default.ExportedCalibration) ?? throw new InvalidDataException("It is empty.");
            read.Validate();
            return read;
        }
        // Text may be half of a surrogate pair.
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"It is not a calibration: {problem.Message}", problem);
        }
    }

    private void Validate()
    {
        Require(!Members.IsDefaultOrEmpty, "It has no members.");
        Require(!Members.Contains(null!) && Parts?.Contains(null!) is not true && References?.Contains(null!) is not true, "A member, a part or a reference calibration in it is null.");
        Require(double.IsFinite(Threshold) && Threshold >= 0, "Its threshold is not a distance.");
        Require(Prior == 0.5, "Its probabilities are not for a prior of one half.");
        Require(double.IsFinite(Platt.A) && double.IsFinite(Platt.B), "Its A or B is not a number.");
        foreach (var member in Members)
            Require(member.Threshold > 0 && double.IsFinite(member.Threshold) && member.Weight is > 0 and <= 1, $"The threshold or weight of member {member.Trial} is not valid.");
        Require(Math.Abs(Members.Sum(member => member.Weight) - 1) < Rounding, "The weights of its members do not add up to 1.");
        Require(Recalibration is null or { Slope: > 0 and < double.PositiveInfinity } && double.IsFinite(Recalibration?.Shift ?? 0), "Its recalibration has a slope or a shift that is not valid.");
        foreach (var part in Parts ?? [])
            Require(double.IsFinite(part.Threshold) && part.Threshold >= 0 && double.IsFinite(part.PlattA) && double.IsFinite(part.PlattB) && (part.Isotonic is null || IsCurve(part.Isotonic)), $"The threshold or calibration of the part for {part.Inputs} is not valid.");
        foreach (var several in References ?? [])
            Require(several.Count >= 2 && Enum.IsDefined(several.Rule) && double.IsFinite(several.Threshold) && double.IsFinite(several.PlattA) && double.IsFinite(several.PlattB), $"The calibration for {several.Count} references is not valid.");
        foreach (var member in Members)
            Require(member.Spread is null || member.Spread.Value.All(deviation => deviation > 0 && float.IsFinite(deviation)), $"The spread of member {member.Trial} is not valid.");
        Require(Isotonic is null || IsCurve(Isotonic), "Its isotonic curve has no knots, distances that do not increase, or probabilities that increase or are not above 0 and below 1.");
    }

    private static bool IsCurve(IsotonicCurve curve) =>
        !curve.Distances.IsDefaultOrEmpty && !curve.Probabilities.IsDefault && curve.Distances.Length == curve.Probabilities.Length
        && curve.Distances.All(float.IsFinite) && curve.Probabilities.All(probability => probability is > 0 and < 1)
        && curve.Distances.Zip(curve.Distances.Skip(1)).All(two => two.First < two.Second)
        && curve.Probabilities.Zip(curve.Probabilities.Skip(1)).All(two => two.First >= two.Second);

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidDataException(otherwise);
    }
}
