using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Exchange;

/// <summary>
/// One hash of everything that decides a version's verdicts: its members with their weight files' hashes, thresholds and
/// weights, its own threshold and its calibration. The same in every cluster and under any name.
/// </summary>
public static class VersionHash
{
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(Ensemble ensemble)
    {
        var text = new StringBuilder();
        foreach (var member in ensemble.Members)
            text.Append(CultureInfo.InvariantCulture, $"member {member.Trial} {member.WeightsBlob} {member.Threshold:R} {member.Weight:R}\n");
        text.Append(CultureInfo.InvariantCulture, $"threshold {ensemble.Threshold:R}\nplatt {ensemble.PlattA:R} {ensemble.PlattB:R}\n");
        if (ensemble.Isotonic is { } curve)
        {
            foreach (var (distance, probability) in curve.Distances.Zip(curve.Probabilities))
                text.Append(CultureInfo.InvariantCulture, $"isotonic {distance:R} {probability:R}\n");
        }

        if (ensemble.Recalibration is { } correction)
            text.Append(CultureInfo.InvariantCulture, $"recalibration {correction.Slope:R} {correction.Shift:R}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
