namespace Siamese.Model.Data;

/// <summary>Splits that data brings along: images are ordered training, validation, test.</summary>
/// <param name="ValidationFrom">Index of the first validation image; equal to <paramref name="TestFrom"/> where validation is to be cut from training.</param>
/// <param name="TestFrom">Index of the first test image.</param>
internal sealed record GivenSplit(int ValidationFrom, int TestFrom);
