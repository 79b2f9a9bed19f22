namespace Siamese.Model.Data;

/// <summary>Splits that the data defines: images are ordered training, validation, test.</summary>
/// <param name="ValidationFrom">Index of the first validation image; equal to <paramref name="TestFrom"/> if validation images are to be taken from training.</param>
/// <param name="TestFrom">Index of the first test image.</param>
internal sealed record GivenSplit(int ValidationFrom, int TestFrom);
