// Loaded before everything else of a process (node --import): at SIGUSR2 its wall clock jumps back by CLOCK_SHIFT_MS.
const RealDate = Date;
let shiftMs = 0;

globalThis.Date = class ShiftedDate extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [ShiftedDate.now()] : args));
  }
  static now() {
    return RealDate.now() - shiftMs;
  }
};

process.on("SIGUSR2", () => {
  shiftMs = Number(process.env.CLOCK_SHIFT_MS);
});
