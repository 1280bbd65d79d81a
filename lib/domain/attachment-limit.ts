/** Most files of one conversation. */
export const MAX_ATTACHMENTS = 10;
